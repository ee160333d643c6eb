import { type RefObject, useLayoutEffect, useState } from 'react';

/** A text that takes longer to draw is shown as far as it is. */
const MOST_MS = 500;
/** Frames after which the browser knows how high everything near the screen is. */
const FRAMES = 3;

type Phase = 'hidden' | 'shown' | 'settled';

/**
 * Whether what a chat shows first has its place. `hidden`: words on the screen are not drawn yet, and what is would move when
 * they come (a layout shift); `shown`: they are, and are all laid out; `settled`: from now on only what is near the screen is.
 */
export function useSettled(key: string | null, content: RefObject<HTMLElement | null>): Phase {
  const [phase, setPhase] = useState<{ key: string | null; phase: Phase }>({ key, phase: 'hidden' });
  useLayoutEffect(() => {
    const from = performance.now();
    let frame = 0;
    let shownFor = 0;
    const look = () => {
      const drawn = !missesWords(content.current);
      const shown = drawn || performance.now() - from > MOST_MS;
      const settled = shown && shownFor++ >= FRAMES;
      const next = settled ? 'settled' : shown ? 'shown' : 'hidden';
      setPhase((last) => (last.key === key && last.phase === next ? last : { key, phase: next }));
      if (!settled) frame = requestAnimationFrame(look);
    };
    look();
    return () => cancelAnimationFrame(frame);
  }, [key, content]);
  return phase.key === key ? phase.phase : 'hidden';
}

/** Whether there is room on the screen for words that are not drawn yet. */
function missesWords(content: HTMLElement | null): boolean {
  const screen = content?.parentElement?.getBoundingClientRect();
  if (!content || !screen) return false;
  return [...content.querySelectorAll('.at-once .invisible')].some((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > screen.top && top < screen.bottom;
  });
}
