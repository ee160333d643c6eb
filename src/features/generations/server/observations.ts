/** What operations count of the generations that run in this process. Told once per end and per flush, never per token. */

import type { GenerationErrorCode, TerminalState } from '#features/messages/endings.ts';
import type { LiveBus } from '#platform/live-bus/live-bus.ts';
import { TOPICS } from '#platform/signals.ts';

/** One that ended here. Times in milliseconds; null for what it did not get to. */
export type EndedGeneration = {
  modelId: string;
  state: TerminalState;
  code: GenerationErrorCode | null;
  waitMs: number | null;
  ttftMs: number | null;
  durationMs: number | null;
  inputTokens: number | null;
  outputTokens: number | null;
};

export type Observer = {
  ended(generation: EndedGeneration): void;
  /** The events of all running generations were logged in one go, which took this long. */
  flushed(ms: number): void;
};

/** Tells `observer` everything from now on; returns how to stop. */
export const observeGenerations = (bus: LiveBus, observer: Observer): (() => void) =>
  bus.subscribe(TOPICS.observed, (message) => {
    const told = message as Told;
    if (told.type === 'ended') observer.ended(told.generation);
    else observer.flushed(told.ms);
  });

type Told = { type: 'ended'; generation: EndedGeneration } | { type: 'flushed'; ms: number };

export const tellEnded = (bus: LiveBus, generation: EndedGeneration): void =>
  bus.publishHere(TOPICS.observed, { type: 'ended', generation } satisfies Told);

export const tellFlushed = (bus: LiveBus, ms: number): void =>
  bus.publishHere(TOPICS.observed, { type: 'flushed', ms } satisfies Told);
