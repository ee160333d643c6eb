import { FetchedPart, type Part } from '#web/i18n/fetched-part.tsx';
import { later } from '#web/later-words.ts';
import { Extra } from '../extra.tsx';
import type { Pictured } from './picture-frame.tsx';

const PICTURE: Part<Pictured & { host: string }> = {
  fetch: () => import('./asked-picture.tsx'),
  words: [later],
};

/**
 * A picture from elsewhere: never fetched by itself, because its address alone could carry out what the chat knows.
 */
export function RemoteImage({ src, alt }: Pictured) {
  const host = hostOf(src);
  if (!host) return <span>{alt}</span>;
  return (
    <Extra>
      <FetchedPart part={PICTURE} give={{ src, alt, host }} />
    </Extra>
  );
}

function hostOf(src: string): string | null {
  try {
    const url = new URL(src);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.host : null;
  } catch {
    return null;
  }
}
