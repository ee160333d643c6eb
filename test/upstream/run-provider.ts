/** Runs providers in tests. */
import type { Provider, ProviderEvent, ProviderFailure, ProviderOutcome } from '#providers/provider.ts';

export type Run = { outcome: ProviderOutcome; events: ProviderEvent[]; text: string; reasoning: string };
export type Ask = { prompt?: string; signal?: AbortSignal; onEvent?: (event: ProviderEvent) => void };

/** Runs a model and gathers what it reports; an event after the end is an error. */
export async function run(provider: Provider, model: string, ask: Ask = {}): Promise<Run> {
  const events: ProviderEvent[] = [];
  let settled = false;
  const outcome = await provider.stream(
    { model, messages: [{ role: 'user', text: ask.prompt ?? 'hello' }] },
    (event) => {
      if (settled) throw new Error('an event after the end');
      events.push(event);
      ask.onEvent?.(event);
    },
    ask.signal ?? new AbortController().signal,
  );
  settled = true;
  const join = (type: 'text' | 'reasoning') =>
    events.map((event) => (event.type === type ? event.text : '')).join('');
  return { outcome, events, text: join('text'), reasoning: join('reasoning') };
}

/** The failure of a run that must have failed. */
export const failureOf = ({ outcome }: Run): ProviderFailure => {
  if (outcome.ok) throw new Error(`it ended well: ${outcome.finishReason}`);
  return outcome.failure;
};
/** What the upstream says in so many tokens. */
export const words = (count: number) => Array.from({ length: count }, (_, at) => `w${at} `).join('');
