/** As long as the systems of phones take for one. */
const LONG_MS = 500;
/** A finger that rests moves by less. */
const STILL_PX = 10;
/** What has a use of its own for a press: links, controls, and code, parts of which are selected. */
const OWN_USE = 'a, button, input, textarea, select, summary, pre, [role="option"]';

type Place = { x: number; y: number };

/**
 * Tells of a finger that rests on a message (`data-message`) for a while, with its id. While this listens, a press selects no text of
 * messages (`data-pressed` in the styles), nor does lifting the finger click what is below it. Returns how to stop.
 */
export function listenForPresses(
  box: HTMLElement,
  onPress: (messageId: string, place: Place) => void,
): () => void {
  const heard = new AbortController();
  let from: Place | null = null;
  let timer: ReturnType<typeof setTimeout>;
  let isLong = false;
  const stop = () => clearTimeout(timer);
  const begin = ({ touches, target }: TouchEvent) => {
    stop();
    isLong = false;
    const [touch] = touches;
    const part = target as Element;
    const id = part.closest<HTMLElement>('[data-message]')?.dataset.message;
    if (!id || !touch || touches.length > 1 || part.closest(OWN_USE)) return;
    const place = { x: touch.clientX, y: touch.clientY };
    from = place;
    timer = setTimeout(() => {
      isLong = true;
      onPress(id, place);
    }, LONG_MS);
  };
  const move = ({ touches: [touch] }: TouchEvent) => {
    if (touch && from && Math.hypot(touch.clientX - from.x, touch.clientY - from.y) > STILL_PX) stop();
  };
  const end = (event: TouchEvent) => {
    stop();
    if (isLong) event.preventDefault();
  };
  // What the browser itself would open for a long press.
  const onContextMenu = (event: Event) => {
    const byTouch = (event as PointerEvent).pointerType === 'touch';
    if (byTouch && !(event.target as Element).closest(OWN_USE)) event.preventDefault();
  };
  const { signal } = heard;
  box.addEventListener('touchstart', begin, { signal, passive: true });
  box.addEventListener('touchmove', move, { signal, passive: true });
  box.addEventListener('touchend', end, { signal });
  box.addEventListener('touchcancel', stop, { signal });
  box.addEventListener('contextmenu', onContextMenu, { signal });
  box.dataset.pressed = '';
  return () => {
    stop();
    heard.abort();
    delete box.dataset.pressed;
  };
}
