import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';

type SwipedRow = { row: RefObject<HTMLDivElement | null>; at: number; goTo: (place: number) => void };

/** Which of the columns of a row that is swiped is in sight, and how to go to another one. */
export function useSwipedRow(): SwipedRow {
  const row = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    const box = row.current!;
    const look = () => setAt(Math.round(box.scrollLeft / Math.max(1, box.clientWidth)));
    box.addEventListener('scroll', look, { passive: true });
    return () => box.removeEventListener('scroll', look);
  }, []);
  const goTo = useCallback((place: number) => {
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const column = row.current!.children[place] as HTMLElement;
    const left = column.offsetLeft - (row.current!.children[0] as HTMLElement).offsetLeft;
    row.current!.scrollTo({ left, behavior: still ? 'instant' : 'smooth' });
  }, []);
  return { row, at, goTo };
}
