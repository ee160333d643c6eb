/** Follows the end of a growing text until the reader scrolls away, and again when they come back. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Nearer to the end than this counts as at the end. */
const NEAR_PX = 48;

type PinnedScroll = {
  scroller: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  /** False once the reader has scrolled away. */
  pinned: boolean;
  toEnd: (smooth?: boolean) => void;
};

/** `key` changes with what is shown (another chat): the new text starts at its end. */
export function usePinnedScroll(key: string | null): PinnedScroll {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follows = useRef(true);
  const lastTop = useRef(0);
  const [pinned, setPinned] = useState(true);

  const follow = useCallback((next: boolean) => {
    follows.current = next;
    setPinned(next);
  }, []);

  const toEnd = useCallback(
    (smooth = false) => {
      follow(true);
      const box = scroller.current;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      box?.scrollTo({ top: box.scrollHeight, behavior: smooth && !still ? 'smooth' : 'instant' });
    },
    [follow],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat starts at its end
  useLayoutEffect(() => toEnd(), [key, toEnd]);

  useEffect(() => {
    const box = scroller.current;
    const inner = content.current;
    if (!box || !inner) return;
    const atEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
    const onScroll = () => {
      const up = box.scrollTop < lastTop.current - 1;
      lastTop.current = box.scrollTop;
      if (up && !atEnd()) follow(false);
      else if (!follows.current && atEnd()) follow(true);
    };
    // Upward intent lets go at once, before a growing text can pull the reader back down.
    const onWheel = (event: WheelEvent) => {
      if (event.deltaY < 0 && box.scrollHeight > box.clientHeight) follow(false);
    };
    const grown = new ResizeObserver(() => {
      if (follows.current) box.scrollTop = box.scrollHeight;
      lastTop.current = box.scrollTop;
    });
    grown.observe(inner);
    grown.observe(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    box.addEventListener('wheel', onWheel, { passive: true });
    return () => {
      grown.disconnect();
      box.removeEventListener('scroll', onScroll);
      box.removeEventListener('wheel', onWheel);
    };
  }, [follow]);

  return { scroller, content, pinned, toEnd };
}
