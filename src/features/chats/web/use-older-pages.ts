import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Pages are read when their place is this near, so that most readers never see the edge. */
const AHEAD = '800px 0px 0px';

/**
 * Loads older pages when their place (the element given the answered ref) comes near, and keeps what is being
 * read where it is when they are put above it. `firstId` names the oldest message shown.
 */
export function useOlderPages(
  scroller: RefObject<HTMLDivElement | null>,
  loadOlder: (() => Promise<unknown>) | null,
  firstId: string | undefined,
): RefObject<HTMLDivElement | null> {
  const mark = useRef<HTMLDivElement>(null);
  const load = useRef(loadOlder);
  load.current = loadOlder;
  const first = useRef<{ element: Element; top: number } | null>(null);
  const more = loadOlder !== null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: watched anew when another message became the first
  useEffect(() => {
    const box = scroller.current;
    if (!box || !mark.current || !more) return;
    const seen = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting || !load.current) return;
        const element = box.querySelector('[data-message]');
        first.current = element && { element, top: element.getBoundingClientRect().top };
        void load.current();
      },
      { root: box, rootMargin: AHEAD },
    );
    seen.observe(mark.current);
    return () => seen.disconnect();
  }, [scroller, more, firstId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when older messages were put before the first
  useLayoutEffect(() => {
    const box = scroller.current;
    const before = first.current;
    first.current = null;
    if (!box || !before?.element.isConnected) return;
    box.scrollTop += before.element.getBoundingClientRect().top - before.top;
  }, [scroller, firstId]);
  return mark;
}
