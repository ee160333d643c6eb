/** What operations count of the generations that run in this process. Told once per end and per flush, never per token. */

import type { GenerationErrorCode, TerminalState } from '#features/messages/endings.ts';
import type { LiveBus } from '#platform/live-bus/live-bus.ts';

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

/** By the bus, of which each Parley has its own. */
const observers = new WeakMap<LiveBus, Set<Observer>>();

/** Tells `observer` everything from now on; returns how to stop. */
export function observeGenerations(bus: LiveBus, observer: Observer): () => void {
  const known = observers.get(bus) ?? new Set();
  observers.set(bus, known.add(observer));
  return () => void known.delete(observer);
}

export function tellEnded(bus: LiveBus, generation: EndedGeneration): void {
  for (const observer of observers.get(bus) ?? []) observer.ended(generation);
}

export function tellFlushed(bus: LiveBus, ms: number): void {
  for (const observer of observers.get(bus) ?? []) observer.flushed(ms);
}
