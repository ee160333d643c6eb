/** Fetches the list of all parts of the page: the chat in the middle is shown without it. */
import { create } from 'zustand';
import { fetchFile } from '#web/fetch-file.ts';

type Parts = typeof import('./parts.ts');

/** The list once it is there. What cannot be shown without it takes `use(fetchParts())`. */
export const useParts = create<{ parts: Parts | null }>(() => ({ parts: null }));

let going: Promise<Parts> | undefined;

/** The same promise each time. */
export function fetchParts(): Promise<Parts> {
  going ??= fetchFile(() => import('./parts.ts')).then((parts) => {
    useParts.setState({ parts });
    return parts;
  });
  return going;
}
