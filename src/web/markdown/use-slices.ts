import { useEffect, useState } from 'react';

/** Blocks mounted in one task. */
const SLICE = 50;

/**
 * From which of so many blocks on to draw: a long text that is opened begins with its end, where one reads on, and the rest
 * follows in slices above it (time slicing). What is added at the end is drawn at once.
 */
export function useSlices(count: number): number {
  const [from, setFrom] = useState(() => Math.max(0, count - SLICE));
  useEffect(() => {
    if (from === 0) return;
    const timer = setTimeout(() => setFrom(Math.max(0, from - SLICE)), 16);
    return () => clearTimeout(timer);
  }, [from]);
  return from;
}
