/** How long what is drawn around the message may still move it. */
const SETTLES_MS = 900;
/** How long it stays marked. */
const MARKED_MS = 2400;
/** What a reader does who looks elsewhere already. */
const MOVES = ['wheel', 'touchmove', 'keydown'] as const;

/**
 * Puts a message in the middle of the screen, keeps it there while what is above it gets its height, and marks it for a moment; it
 * takes the focus, so that reading and keys go on from there.
 */
export async function bringIntoView(messageId: string, signal: AbortSignal): Promise<void> {
  const element = await found(messageId, signal);
  if (!element) return;
  const until = performance.now() + SETTLES_MS;
  const left = new AbortController();
  for (const move of MOVES)
    addEventListener(move, () => left.abort(), {
      signal: AbortSignal.any([signal, left.signal]),
      passive: true,
    });
  const hold = () => {
    if (signal.aborted || left.signal.aborted || !element.isConnected) return;
    element.scrollIntoView({ block: 'center' });
    if (performance.now() < until) requestAnimationFrame(hold);
    else left.abort();
  };
  hold();
  element.tabIndex = -1;
  element.style.outline = 'none';
  element.focus({ preventScroll: true });
  element.dataset.linked = '';
  setTimeout(() => delete element.dataset.linked, MARKED_MS);
}

/** The message once it is drawn and shown; null when it is not within a few seconds. */
async function found(messageId: string, signal: AbortSignal): Promise<HTMLElement | null> {
  const until = performance.now() + 5000;
  while (!signal.aborted && performance.now() < until) {
    const element = document.querySelector<HTMLElement>(`[data-message="${messageId}"]`);
    if (element?.checkVisibility({ visibilityProperty: true })) return element;
    await new Promise((next) => requestAnimationFrame(next));
  }
  return null;
}
