/** On narrow screens a swipe to the right brings the list of chats in, and one to the left puts it away. */
import { setDrawer, useOpen } from '#web/ui/windows.ts';

/** In CSS pixels: less is a tap that slipped. */
const SWIPE_PX = 56;
/** How much further along than down: less is scrolling. */
const STRAIGHT = 2;

/** Listens on the whole page; returns how to stop. */
export function listenForSwipes(): () => void {
  let from: { x: number; y: number } | null = null;
  const onStart = ({ touches, target }: TouchEvent) => {
    const [touch] = touches;
    const alone = touch && touches.length === 1 && isNarrow() && !isTaken(target as Element);
    from = alone ? { x: touch.clientX, y: touch.clientY } : null;
  };
  const onMove = ({ touches }: TouchEvent) => {
    const [touch] = touches;
    if (!from || !touch) return;
    const [along, down] = [touch.clientX - from.x, Math.abs(touch.clientY - from.y)];
    const { drawer } = useOpen.getState();
    // Once it goes elsewhere, it is no swipe any more.
    if (down > SWIPE_PX / STRAIGHT && Math.abs(along) < down * STRAIGHT) from = null;
    else if (Math.abs(along) >= SWIPE_PX && Math.abs(along) >= down * STRAIGHT) {
      from = null;
      if (along > 0 !== drawer) setDrawer(!drawer);
    }
  };
  const passive = { passive: true };
  document.addEventListener('touchstart', onStart, passive);
  document.addEventListener('touchmove', onMove, passive);
  return () => {
    document.removeEventListener('touchstart', onStart);
    document.removeEventListener('touchmove', onMove);
  };
}

const isNarrow = (): boolean => !matchMedia('(min-width: 48rem)').matches;

/** Whether a swipe there means something else: moving what is wider than its box, a slider or words, or a window over the page. */
function isTaken(target: Element): boolean {
  const { window, panel, drawer } = useOpen.getState();
  if (!drawer && (window || panel || document.querySelector('[role="dialog"]'))) return true;
  if (target.closest('input, textarea, select, iframe') || !getSelection()?.isCollapsed) return true;
  for (let box: Element | null = target; box && box !== document.body; box = box.parentElement)
    if (box.scrollWidth > box.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(box).overflowX))
      return true;
  return false;
}
