/** Far above what anybody types or a program asks for; a page that comes back asks for each of its replies once. */
const MAX_FRAMES_A_SECOND = 200;
const SECOND_MS = 1_000;

/** Counts the frames of one socket; false for one too many within a second. */
export function frameCounter(most = MAX_FRAMES_A_SECOND): () => boolean {
  let since = performance.now();
  let count = 0;
  return () => {
    const now = performance.now();
    if (now - since >= SECOND_MS) {
      since = now;
      count = 0;
    }
    count += 1;
    return count <= most;
  };
}
