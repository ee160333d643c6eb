import { startTransition, useEffect, useRef, useState } from 'react';
import type { Scope } from './parse/tree.ts';
import { Answers } from './worker/answers.ts';
import { workshop } from './worker/page-workshop.ts';

/** While code grows, colouring and drawing it may take at most a tenth of the time. */
const SHARE = 10;

type Coloured = { code: string; language: string; scope: Scope | null };

const kept = new Answers<Scope>(300_000);

/**
 * The code as coloured scopes, as far as they are known, and the rest of it plain. While it grows it is coloured in
 * intervals that follow from how long that takes. A language nobody knows has no colours.
 */
export function useColours(
  code: string,
  language: string,
  growing: boolean,
): { scope: Scope | null; rest: string } {
  const [told, setTold] = useState<Coloured | null>(null);
  const turn = useRef({ asking: false, next: 0, gaveUp: false });
  const [, wake] = useState(0);
  const known = language === '' ? undefined : kept.get(`${language}\n${code}`);
  const done = known ? { code, language, scope: known } : told;
  const settled = language === '' || (done?.code === code && done.language === language);

  useEffect(() => {
    if (settled || (growing && (turn.current.asking || turn.current.gaveUp))) return;
    const from = performance.now();
    const wait = growing ? turn.current.next - from : 0;
    if (wait > 0) {
      const timer = setTimeout(() => wake((count) => count + 1), wait);
      return () => clearTimeout(timer);
    }
    turn.current.asking = true;
    const take = (scope: Scope | null) => {
      const now = performance.now();
      turn.current = { asking: false, next: now + (now - from) * SHARE, gaveUp: scope === null };
      if (scope && !growing) kept.keep(`${language}\n${code}`, scope);
      startTransition(() => setTold({ code, language, scope }));
    };
    const takeBack = workshop.ask({ kind: 'colour', code, language }, take, !growing);
    if (growing) return;
    return () => {
      turn.current.asking = false;
      takeBack();
    };
  });

  if (!done?.scope || done.language !== language || !code.startsWith(done.code))
    return { scope: null, rest: code };
  return { scope: done.scope, rest: code.slice(done.code.length) };
}
