/** Calling a provider for a run: retries before the first token, timeouts, and its events into the stream. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ContextStamp } from '#features/contexts/contexts.ts';
import type { Timeouts } from '#features/endpoints/endpoints.ts';
import type { Provider, ProviderEvent, ProviderOutcome, ProviderRequest } from '#providers/provider.ts';
import type { Stage } from '../../stream-events.ts';
import { say } from '../say.ts';
import type { EventStream } from '../stream/event-writer.ts';
import { correction, openReply, startReply } from './open-reply.ts';
import { type TimeoutCode, watchTimeouts } from './run-timeouts.ts';

/** How often a run may ask again before the first token, and for how long it may go on asking. */
const MAX_ATTEMPTS = 3;
const RETRY_BUDGET_MS = 10_000;

export type Call = {
  provider: Provider;
  request: ProviderRequest;
  timeouts: Timeouts;
  /** The model's id, for `message_start`. */
  modelId: string;
  /** The reply being written; null when nobody reads it as a message. */
  messageId: string;
  /** What the reply begins with before the model's own words; null for all but continued ones. */
  opening: string | null;
  /** What the model is asked with; null where nobody is told. */
  context: ContextStamp | null;
  stream: EventStream;
  signal: AbortSignal;
  /** First wait before asking again. */
  retryMs: number;
  /** Asked before every call: false when the generation is not this worker's any more. */
  mayAsk(): Promise<boolean>;
  /** Asked before each retry; false when the endpoint has had its share. */
  mayRetry(): boolean;
  onStage(stage: Stage): void;
  onFirstToken(): void;
  onTimeout(code: TimeoutCode): void;
};

/** How a call went, with what was measured; times in milliseconds on a monotonic clock. */
export type CallResult = {
  outcome: ProviderOutcome;
  inputTokens: number | null;
  outputTokens: number | null;
  ttftMs: number | null;
};

/** Calls the provider, again where that is allowed and useful, and resolves when it is over. Never throws. */
export async function callProvider(call: Call): Promise<CallResult> {
  const started = performance.now();
  const result: CallResult = { outcome: NOT_CALLED, inputTokens: null, outputTokens: null, ttftMs: null };
  const timeouts = watchTimeouts(call.timeouts, call.onTimeout);
  const emit = (event: ProviderEvent) => handle(call, result, started, timeouts.progress, event);
  try {
    for (let attempt = 1; ; attempt++) {
      if (!(await call.mayAsk())) return result;
      result.outcome = await call.provider.stream(call.request, emit, call.signal);
      const wait = waitBeforeRetry(
        result,
        call.retryMs * 2 ** (attempt - 1),
        attempt,
        performance.now() - started,
      );
      if (wait === null || call.signal.aborted || !call.mayRetry()) return result;
      await sleep(wait, undefined, { signal: call.signal }).catch(() => {});
      if (call.signal.aborted) return result;
    }
  } finally {
    timeouts.clear();
  }
}

const NOT_CALLED: ProviderOutcome = {
  ok: false,
  failure: { code: 'endpoint_error', sentence: say('model_not_asked'), retryable: true },
};

/** Milliseconds until asking again is right; null when it is not: never once something was written. */
function waitBeforeRetry(
  result: CallResult,
  backoffMs: number,
  attempt: number,
  spentMs: number,
): number | null {
  const { outcome } = result;
  if (outcome.ok || !outcome.failure.retryable || result.ttftMs !== null || attempt >= MAX_ATTEMPTS)
    return null;
  const wait = Math.max(backoffMs * (0.5 + Math.random()), outcome.failure.retryAfterMs ?? 0);
  return spentMs + wait <= RETRY_BUDGET_MS ? wait : null;
}

function handle(
  call: Call,
  result: CallResult,
  started: number,
  progress: () => void,
  event: ProviderEvent,
): void {
  switch (event.type) {
    case 'accepted':
      startReply(call.stream, call);
      call.onStage('thinking');
      return;
    case 'loading_model':
      call.onStage('loading_model');
      return;
    case 'usage':
      result.inputTokens = event.inputTokens ?? result.inputTokens;
      result.outputTokens = event.outputTokens ?? result.outputTokens;
      return;
  }
  progress();
  // Before the reply is opened: what it begins with carries it then.
  const more = result.ttftMs === null && call.opening === null ? correction(call.stream, call) : {};
  if (result.ttftMs === null) {
    openReply(call.stream, call);
    result.ttftMs = Math.round(performance.now() - started);
    call.onStage(event.type === 'reasoning' ? 'thinking' : 'writing');
    call.onFirstToken();
  }
  if (event.type === 'text')
    call.stream.append({ type: 'content_delta', data: { delta: event.text, ...more } });
  else if (event.type === 'reasoning')
    call.stream.append({ type: 'reasoning_delta', data: { delta: event.text, ...more } });
  else {
    const { toolCallId, name, arguments: args } = event;
    call.stream.append({ type: 'tool_call', data: { toolCallId, name, arguments: args, ...more } });
  }
}
