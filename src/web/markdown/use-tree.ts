import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { fetchMathStyles } from './math/math-styles.ts';
import { parseBlock } from './parse/parse-block.ts';
import type { Branch, Tree } from './parse/tree.ts';
import { costOf } from './text/bounds.ts';
import { holdsMath } from './text/open-math.ts';
import { timeLeft } from './time-left.ts';
import { Answers } from './worker/answers.ts';
import { mathWorkshop, workshop } from './worker/page-workshop.ts';

/** Parsed text, or that it is to be shown as it is; null: not known yet. */
export type Parsed = Tree | 'plain' | null;

/** Milliseconds of one task in which the page parses what one came for itself. What stands further up can wait for the worker. */
const NEAR_MS = 60;
/** While a block grows it is drawn again after so many milliseconds for each of its nodes, so that drawing takes a tenth of the time. */
const MS_PER_NODE = 0.05;

const kept = new Answers<Tree | 'plain'>(300_000);

type Known = { key: string; parsed: Tree | 'plain' };

/**
 * The tree of a block. What is provably cheap is parsed at once, as long as there is time in this task; everything else by the
 * worker, newest first. While the block grows the tree of its text so far stays until the next one is there.
 */
export function useTree(text: string, prefix: string, growing: boolean, near: boolean): Parsed {
  const key = prefix + text;
  // How near it was at first: what is drawn is not parsed again when it becomes older.
  const [first] = useState(near);
  const own = useMemo(() => parseHere(text, prefix, growing, first), [text, prefix, growing, first]);
  const [told, setTold] = useState<Known | null>(null);
  const last = useRef<Tree | 'plain' | null>(null);
  const turn = useRef({ asking: false, next: 0, gaveUp: false });
  const [, wake] = useState(0);

  const parsed = own ?? (told?.key === key ? told.parsed : null);
  if (parsed !== null) last.current = parsed;

  useEffect(() => {
    if (parsed !== null || (growing && (turn.current.asking || turn.current.gaveUp))) return;
    const wait = growing ? turn.current.next - performance.now() : 0;
    if (wait > 0) {
      const timer = setTimeout(() => wake((count) => count + 1), wait);
      return () => clearTimeout(timer);
    }
    turn.current.asking = true;
    const take = (tree: Tree | null) => {
      const answer = tree ?? orPlain(text, prefix);
      turn.current = {
        asking: false,
        next: performance.now() + sizeOf(answer) * MS_PER_NODE,
        gaveUp: answer === 'plain',
      };
      last.current = answer;
      const tell = () => setTold({ key, parsed: answer });
      if (growing) return tell();
      kept.keep(key, answer);
      if (first) tell();
      else startTransition(tell);
    };
    const takeBack = askFor(text, prefix, take, !growing);
    // What is asked for a growing block is drawn even when more has come meanwhile.
    if (growing) return;
    return () => {
      turn.current.asking = false;
      takeBack();
    };
  });
  if (parsed !== null) return parsed;
  return growing || last.current !== null ? (turn.current.gaveUp ? 'plain' : last.current) : null;
}

function parseHere(text: string, prefix: string, growing: boolean, near: boolean): Tree | 'plain' | null {
  const known = kept.get(prefix + text);
  if (known) return known;
  const cost = costOf(text);
  if (cost === 'plain') return 'plain';
  if (holdsMath(text)) {
    mathWorkshop.start();
    // While the library is on its way, what comes in is drawn with its formulas as they are written.
    if (!growing || mathWorkshop.ready) return null;
  }
  if (cost === 'dear' || !(growing || (near && timeLeft.within(NEAR_MS)))) return null;
  return parseBlock(text, prefix) ?? 'plain';
}

/** Asks the worker for a block's tree; of a text with formulas the one that sets them, and the other if that one fails. */
function askFor(text: string, prefix: string, take: (tree: Tree | null) => void, again: boolean): () => void {
  const job = { kind: 'parse', text, prefix } as const;
  if (!holdsMath(text)) return workshop.ask(job, take, again);
  const styles = fetchMathStyles();
  let takeBack = mathWorkshop.ask(
    job,
    (tree) => {
      if (tree) void styles.then(() => take(tree));
      else takeBack = workshop.ask(job, take, again);
    },
    again,
  );
  return () => takeBack();
}

/** Without a worker, or when it was too slow for what is cheap, the page parses that itself. */
const orPlain = (text: string, prefix: string): Tree | 'plain' =>
  (costOf(text) === 'cheap' ? parseBlock(text, prefix) : null) ?? 'plain';

function sizeOf(tree: Tree | 'plain'): number {
  return typeof tree === 'string'
    ? 1
    : 1 + (tree as Branch).children.reduce((sum, child) => sum + sizeOf(child), 0);
}
