/** Draws only the rows of a long list that are in sight, and some around them (windowing). */
import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import { type RowRange, rowsBetween, rowTops } from './row-window.ts';

/** Drawn above and below what is in sight, in CSS pixels: about a dozen rows, so that a quick hand sees no gap. */
const AROUND_PX = 480;
/** What is drawn changes once per so many pixels: less often than a row would. */
const STEP_PX = 240;

/**
 * The rows of `scroller` to draw now, by their heights in CSS pixels; `tops` has one more entry, the end of the list. `list`: what they
 * stand in, where something stands above it.
 */
export function useRowWindow(
  scroller: RefObject<HTMLElement | null>,
  heights: readonly number[],
  list?: RefObject<HTMLElement | null>,
): RowRange & { tops: readonly number[] } {
  const tops = useMemo(() => rowTops(heights), [heights]);
  const [sight, setSight] = useState({ step: 0, height: innerHeight });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was seen first is all it begins with
  useLayoutEffect(() => {
    const box = scroller.current!;
    let last = sight;
    const look = () => {
      const above = list?.current
        ? box.getBoundingClientRect().top - list.current.getBoundingClientRect().top
        : box.scrollTop;
      const next = { step: Math.max(0, Math.floor(above / STEP_PX)), height: box.clientHeight };
      if (next.step !== last.step || next.height !== last.height) setSight(next);
      last = next;
    };
    look();
    // At once: drawn later, the rows would be missing from the frame that shows the scrolled list.
    const onScroll = () => flushSync(look);
    box.addEventListener('scroll', onScroll, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(box);
    return () => {
      box.removeEventListener('scroll', onScroll);
      resized.disconnect();
    };
  }, [scroller, list]);
  // A list that has become shorter is scrolled back by the browser, which tells of it after the next frame only.
  const top = Math.min(sight.step * STEP_PX, Math.max(0, tops.at(-1)! - sight.height));
  return { tops, ...rowsBetween(tops, top - AROUND_PX, top + STEP_PX + sight.height + AROUND_PX) };
}
