import { type ReactNode, useEffect, useRef, useState } from 'react';

type Highlight = (code: string, language: string) => ReactNode;
let highlight: Highlight | null = null;

/** Longer code is shown without colours: finding them would hold the page up. */
const LONGEST_COLOURED = 60_000;
/** While code grows, colouring may take at most a tenth of the time. */
const SHARE = 10;

type Coloured = { code: string; language: string; node: ReactNode };

/**
 * The code in colours, as far as they are known, and the rest of it plain. While it grows it is coloured in
 * intervals that follow from how long that takes; once complete, at once.
 */
export function useHighlighted(
  code: string,
  language: string,
  growing: boolean,
): { coloured: ReactNode; rest: string } {
  const [done, setDone] = useState<Coloured | null>(null);
  const next = useRef({ at: 0 });
  const [, setLoaded] = useState(highlight !== null);
  const colourable = language !== '' && code.length <= LONGEST_COLOURED;

  useEffect(() => {
    if (!colourable) return;
    let current = true;
    if (!highlight) {
      void import('./highlight.tsx').then((module) => {
        highlight = module.highlight;
        if (current) setLoaded(true);
      });
      return () => {
        current = false;
      };
    }
    if (done?.code === code && done.language === language) return;
    const run = () => {
      const from = performance.now();
      const node = highlight?.(code, language) ?? null;
      next.current.at = performance.now() + (performance.now() - from) * SHARE;
      setDone({ code, language, node });
    };
    const wait = growing ? next.current.at - performance.now() : 0;
    if (wait <= 0) return run();
    const timer = setTimeout(run, wait);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  });

  if (!colourable || !done || done.language !== language || !code.startsWith(done.code))
    return { coloured: null, rest: code };
  return { coloured: done.node, rest: code.slice(done.code.length) };
}
