import { useEffect } from 'react';

/** Names what is shown on the browser's tab; every page does, so that none keeps the name of the last one. */
export function useTitle(title: string | null): void {
  useEffect(() => {
    document.title = title ? `${title} · Parley` : 'Parley';
  }, [title]);
}
