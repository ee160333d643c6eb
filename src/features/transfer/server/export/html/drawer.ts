/** Draws the texts of one export in a thread of its own, and gives up what takes too long. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type DrawTask, type DrawWork, IDLE } from './drawing.ts';
import { typedHtml } from './plain-html.ts';
import type { TextToDraw } from './text-html.ts';

const DRAWER = new URL('./draw-worker.ts', import.meta.url);
/** A block that the parser is still at when it is looked at for a second time is shown as it is written. */
const LOOKED_AT_MS = 250;
/** Threads that may be ended so; all that comes after is shown as it is written. */
const MOST_ENDED = 5;
/** All of an export may take so long, and what then is left is shown as it is written: it is enough for 10,000 long replies. */
const MOST_MS = 60_000;
const MEMORY_MB = 256;
/** A thread that has not begun within this is not coming. */
const START_MS = 20_000;

export type Drawer = {
  /** Markdown as HTML. */
  draw(text: TextToDraw): Promise<string>;
  close(): Promise<void>;
};

/** `mostMs` and `lookedAtMs`: shorter for tests. */
export function createDrawer({ mostMs = MOST_MS, lookedAtMs = LOOKED_AT_MS } = {}): Drawer {
  let bench: Bench | null = null;
  let ended = 0;
  let spentMs = 0;

  async function draw(text: TextToDraw): Promise<string> {
    const plain = new Set<number>();
    const began = performance.now();
    const until = began + mostMs - spentMs;
    try {
      while (ended < MOST_ENDED && performance.now() < until) {
        bench ??= await openBench(lookedAtMs);
        const answer = await bench.draw({ ...text, plain }, until);
        if (typeof answer === 'string') return answer;
        await bench.end();
        bench = null;
        plain.add(answer.stuckAt);
        ended += 1;
      }
    } catch {
      // Where no thread can be had nothing is drawn.
      ended = MOST_ENDED;
    } finally {
      spentMs += performance.now() - began;
    }
    return typedHtml(text.text);
  }

  return { draw, close: async () => void (await bench?.end()) };
}

type Stuck = { stuckAt: number };
type Bench = {
  /** The HTML, or the step at which the thread was given up. */
  draw(task: DrawTask, until: number): Promise<string | Stuck>;
  end(): Promise<unknown>;
};

async function openBench(lookedAtMs: number): Promise<Bench> {
  const progress = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(DRAWER, {
    workerData: { progress } satisfies DrawWork,
    name: 'parley-export',
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
  });
  let settle: (answer: string | Stuck) => void = () => {};
  const giveUp = () => settle({ stuckAt: Math.max(0, Atomics.load(progress, 1)) });
  // Out of memory, or a fault of the parser's: either way that step is not drawn.
  worker.on('error', giveUp);
  worker.on('exit', giveUp);
  await once(worker, 'message', { signal: AbortSignal.timeout(START_MS) });
  worker.on('message', (html: string) => settle(html));
  return {
    end: () => worker.terminate(),
    draw: (task, until) =>
      new Promise((resolve) => {
        let before = -1;
        // Steps are counted where both threads see them: while this one is busy itself, no message of the other's is late.
        const look = setInterval(() => {
          const steps = Atomics.load(progress, 0);
          const isAtIt = Atomics.load(progress, 1) !== IDLE;
          if (isAtIt && (steps === before || performance.now() > until)) giveUp();
          before = steps;
        }, lookedAtMs);
        settle = (answer) => {
          clearInterval(look);
          resolve(answer);
        };
        worker.postMessage(task);
      }),
  };
}
