import { useEffect, useState } from 'react';

const TICK_MS = 1000;

/**
 * The time by another clock, in milliseconds, going on while shown: what it told last, plus what has passed here since. `told`: an
 * ISO time; `at`: when it came, by `Date.now`.
 */
export function useClock(told: string | undefined, at: number): number {
  const [here, setHere] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setHere(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  if (told === undefined) return here;
  return Date.parse(told) + Math.max(0, here - at);
}
