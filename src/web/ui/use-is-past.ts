import { useEffect, useState } from 'react';
import { atTime } from './at-time.ts';

/** True from that moment on (ISO time), without anything else happening; also when there is none. */
export function useIsPast(moment: string | undefined): boolean {
  const at = moment === undefined ? 0 : Date.parse(moment);
  const [now, setNow] = useState(Date.now);
  useEffect(() => atTime(at, () => setNow(Date.now())), [at]);
  return now >= at;
}
