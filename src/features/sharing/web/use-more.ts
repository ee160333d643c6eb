import { type RefObject, useEffect, useRef, useState } from 'react';

/** Drawn at a time: more than any screen holds, and little enough not to hold the page up. */
const AT_A_TIME = 40;
/** How far ahead of the reader the next ones are drawn, in CSS pixels. */
const AHEAD_PX = 2000;

/** How many of a long list are drawn: more of them as the reader comes near its end, which is marked by the element of `end`. */
export function useMore(total: number): { drawn: number; end: RefObject<HTMLDivElement | null> } {
  const [drawn, setDrawn] = useState(AT_A_TIME);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = end.current;
    if (!mark || drawn >= total) return;
    const observer = new IntersectionObserver(
      (seen) => seen.some(({ isIntersecting }) => isIntersecting) && setDrawn(drawn + AT_A_TIME),
      { root: mark.closest('main'), rootMargin: `${AHEAD_PX}px` },
    );
    observer.observe(mark);
    return () => observer.disconnect();
  }, [drawn, total]);
  return { drawn: Math.min(drawn, total), end };
}
