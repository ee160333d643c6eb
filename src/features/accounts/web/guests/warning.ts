/** When a guest is warned that what they have here will be removed. */

const MOST_MS = 3 * 86_400_000;
/** Where guests are kept for a shorter time: its last quarter. */
const SHARE = 1 / 4;

/** The moment from which it is time, of an end that was `expiresAt` (ISO) when it was read at `readAt`, in ms. Each visit moves the end. */
export function warnsFrom(expiresAt: string, readAt: number): string {
  const end = Date.parse(expiresAt);
  return new Date(end - Math.min(MOST_MS, Math.max(0, end - readAt) * SHARE)).toISOString();
}

/** Where on the page it is said: one place at a time. `chat`: one with something to keep in it; `new`: one that begins. */
export type Place = 'chat' | 'new' | 'elsewhere';

export type GuestStayProps = {
  look: 'note' | 'banner' /** What is in the middle of the page. */;
  place: Place;
};

/** Above the composer of a chat until it is dismissed there, then at the foot of the list. Once it is time, above every composer. */
export function isBanner(
  place: Place,
  { isClose, dismissed }: { isClose: boolean; dismissed: boolean },
): boolean {
  return place === 'elsewhere' ? false : isClose || (place === 'chat' && !dismissed);
}
