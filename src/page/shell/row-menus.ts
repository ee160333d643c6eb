/**
 * Opens the menu of a row (`data-menu-row`) by a right click and by a long press, as its own button does. A press is timed here:
 * Safari on a phone tells of none.
 */

/** As long as systems take for a long press. */
const LONG_PRESS_MS = 500;
/** What a finger moves without meaning it, in CSS pixels. */
const STILL_PX = 10;

/** Listens on the whole page; returns how to stop. */
export function listenForRowMenus(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from = { x: 0, y: 0 };
  /** The press has opened a menu, and the finger is still there. */
  let pressed = false;
  const giveUp = () => clearTimeout(timer);
  const openAt = (target: EventTarget | null, byKeys = false): boolean => {
    const button = menuButton(target);
    if (button) press(button, byKeys);
    return button !== null;
  };
  const onPointerDown = ({ target, pointerType, isPrimary, clientX, clientY }: PointerEvent) => {
    giveUp();
    pressed = false;
    if (pointerType !== 'touch' || !isPrimary || onButton(target)) return;
    from = { x: clientX, y: clientY };
    timer = setTimeout(() => {
      pressed = openAt(target);
    }, LONG_PRESS_MS);
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    if (Math.hypot(clientX - from.x, clientY - from.y) > STILL_PX) giveUp();
  };
  const onContextMenu = (event: MouseEvent) => {
    giveUp();
    const { pointerType } = event as PointerEvent;
    // A field has a menu of the browser's own; without a pointer it was a key that asked for the menu.
    if ((event.target as Element).closest('input') || !(pressed || openAt(event.target, !pointerType)))
      return;
    event.preventDefault();
    pressed = pointerType === 'touch';
  };
  /** Nothing follows from the finger's going: neither a click nor the focus, which would close the menu. */
  const onTouchEnd = (event: TouchEvent) => {
    if (pressed) event.preventDefault();
    pressed = false;
  };
  const listeners: [string, (event: never) => void][] = [
    ['pointerdown', onPointerDown],
    ['pointermove', onPointerMove],
    ['pointerup', giveUp],
    ['pointercancel', giveUp],
    ['contextmenu', onContextMenu],
    ['touchend', onTouchEnd],
  ];
  const inCapture = { capture: true, passive: false };
  for (const [type, listener] of listeners)
    document.addEventListener(type, listener as EventListener, inCapture);
  return () => {
    giveUp();
    for (const [type, listener] of listeners)
      document.removeEventListener(type, listener as EventListener, inCapture);
  };
}

const onButton = (target: EventTarget | null): boolean =>
  (target as Element).closest('button, input') !== null;

const menuButton = (target: EventTarget | null): HTMLElement | null =>
  (target as Element)
    .closest('[data-menu-row]')
    ?.querySelector<HTMLElement>('button[aria-haspopup="menu"]') ?? null;

/** The button whose menu is fetched opens it by a click, the one that has it already when the pointer goes down (Radix). */
function press(button: HTMLElement, byKeys: boolean): void {
  const [type, detail] = 'state' in button.dataset ? ['pointerdown', 0] : ['click', byKeys ? 0 : 1];
  button.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, detail }));
}
