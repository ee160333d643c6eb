import { useEffect, useState } from 'react';

/** The longest time a timer of a browser can be set for. */
const LONGEST_MS = 2 ** 31 - 1;

/** True from that moment on (ISO time), without anything else happening; also when there is none. */
export function useIsPast(moment: string | undefined): boolean {
  const at = moment === undefined ? 0 : Date.parse(moment);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const wait = at - Date.now();
    if (wait <= 0) return setNow(Date.now());
    const timer = setTimeout(() => setNow(Date.now()), Math.min(wait + 50, LONGEST_MS));
    return () => clearTimeout(timer);
  }, [at]);
  return now >= at;
}
