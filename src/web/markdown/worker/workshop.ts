import type { Answer, Job } from './jobs.ts';

/** What is needed of a worker. */
export type Bench = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/** One job may take this long; then its worker is ended (a watchdog). */
const MOST_MS = 100;
/** When it is tried once more, when everything else is done: a busy machine is slow with what is easy. */
const MOST_MS_AGAIN = 500;
/** A script that does not begin within this is not coming. */
const START_MS = 20_000;

type Order = {
  readonly job: Job;
  readonly answered: (answer: Answer) => void;
  mostMs: number;
  /** May be tried once more. */
  again: boolean;
  /** Somebody still waits for it. */
  wanted: boolean;
};

/**
 * Has jobs done by a worker, one after the other, the newest first: what was asked for last is most likely on the screen.
 * A job that takes too long ends its worker; one that may be tried again is, once, after all others, because the machine may only
 * have been busy. Where there is no worker every answer is null.
 */
export class Workshop {
  readonly #open: () => Bench;
  readonly #waiting: Order[] = [];
  #bench: Bench | null = null;
  #ready = false;
  #broken = false;
  #current: Order | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(open: () => Bench) {
    this.#open = open;
  }

  /** Whether what is asked now is begun at once, or after what is being done. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Starts the worker before it is needed. */
  start(): void {
    if (this.#bench || this.#broken) return;
    try {
      const bench = this.#open();
      this.#bench = bench;
      this.#ready = false;
      // What an ended worker still had to say is about a job of before.
      bench.onmessage = ({ data }) => void (bench === this.#bench && this.#heard(data));
      bench.onerror = () => void (bench === this.#bench && this.#failed());
      this.#watch(START_MS, () => this.#failed());
    } catch {
      this.#failed();
    }
  }

  /** Asks for a job to be done. The answered function takes the order back; what has begun is then done for nobody. */
  ask<J extends Job>(job: J, answered: (answer: Answer<J>) => void, again = true): () => void {
    const order: Order = {
      job,
      answered: answered as Order['answered'],
      mostMs: MOST_MS,
      again,
      wanted: true,
    };
    this.#waiting.push(order);
    this.#next();
    return () => {
      const at = this.#waiting.indexOf(order);
      if (at !== -1) this.#waiting.splice(at, 1);
      order.wanted = false;
    };
  }

  #next(): void {
    if (this.#current) return;
    if (this.#broken) {
      for (const order of this.#waiting.splice(0)) queueMicrotask(() => tell(order, null));
      return;
    }
    if (this.#waiting.length === 0) return;
    this.start();
    if (!this.#ready || !this.#bench) return;
    const order = this.#waiting.pop()!;
    this.#current = order;
    this.#bench.postMessage(order.job);
    // An answer may have come while the page was busy itself: it is heard before the worker is ended.
    this.#watch(order.mostMs, () => this.#watch(0, () => this.#tooLong(order)));
  }

  #heard(data: unknown): void {
    clearTimeout(this.#timer);
    if (!this.#ready) this.#ready = true;
    else this.#finish(data as Answer);
    this.#next();
  }

  #finish(answer: Answer): void {
    const order = this.#current;
    this.#current = null;
    if (order) tell(order, answer);
  }

  #tooLong(order: Order): void {
    this.#bench?.terminate();
    this.#bench = null;
    this.#ready = false;
    if (order.again && order.wanted) {
      order.again = false;
      order.mostMs = MOST_MS_AGAIN;
      this.#current = null;
      this.#waiting.unshift(order);
    } else this.#finish(null);
    this.#next();
  }

  /** The worker's script cannot be had, or it died. */
  #failed(): void {
    clearTimeout(this.#timer);
    this.#bench?.terminate();
    this.#bench = null;
    this.#broken = true;
    this.#finish(null);
    this.#next();
  }

  #watch(ms: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, ms);
  }
}

function tell({ wanted, answered }: Order, answer: Answer): void {
  if (wanted) answered(answer);
}
