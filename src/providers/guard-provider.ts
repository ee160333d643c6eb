/** What every provider is wrapped in: its contract is kept here, whatever a server or an adapter does. */
import { cleanWhole, createTextCleaner } from './clean-text.ts';
import { badStream, failureOfFault } from './failures.ts';
import type { Provider, ProviderEvent, ProviderFailure, ProviderOutcome } from './provider.ts';
import { redact } from './redact.ts';
import { say } from './say.ts';

/** Text, reasoning and tool calls of one reply together, in UTF-16 units; far beyond what a model writes. */
const MAX_REPLY = 8 * 1024 * 1024;
const MAX_TOOL_CALLS = 128;
/** How often text and reasoning may take turns. Every turn is a part of the reply, and all parts are gone through for each event. */
const MAX_TURNS = 2_000;
/** No honest server reports more for one reply, and the ledger must hold it. */
const MAX_TOKENS = 100_000_000;

/** A token count as servers should send it, else undefined: whole, not negative, not absurd. */
function cleanCount(value: unknown): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= MAX_TOKENS ? Math.floor(value) : undefined;
}

/** Longest part of a server's own words that is kept, and what of them is looked at. */
const MAX_SAID = 300;
const MAX_HEARD = 16 * 1024;
/** A server's own word for why its model stopped; anything longer is none. */
const FINISH_REASON = /^[\w-]{1,64}$/;

/** Somebody else's words on one line, short, without control characters and without the key: first taken out, then cut. */
function sayBriefly(text: string, apiKey: string | null): string {
  const line = redact(text.slice(0, MAX_HEARD), apiKey)
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line.length > MAX_SAID ? `${line.slice(0, MAX_SAID).toWellFormed()}…` : line;
}

/**
 * The same provider with clean text, believable usage, bounded replies, no event after the end, no exception and no
 * key in what its server said.
 * Concatenated `text` events are exactly the reply.
 */
export function guardProvider(provider: Provider, apiKey: string | null): Provider {
  // Some servers repeat the key they refuse.
  const discreet = ({ said = '', ...failure }: ProviderFailure): ProviderFailure => {
    const briefly = sayBriefly(said, apiKey);
    return briefly ? { ...failure, said: briefly } : failure;
  };
  const finishReason = (reason: string) => (FINISH_REASON.test(reason) ? redact(reason, apiKey) : 'other');
  return {
    async stream(request, emit, signal) {
      const tooLong = new AbortController();
      const guard = createEmitGuard(emit, signal, () => tooLong.abort());
      let outcome: ProviderOutcome;
      try {
        outcome = await provider.stream(request, guard.emit, AbortSignal.any([signal, tooLong.signal]));
      } catch (error) {
        outcome = { ok: false, failure: failureOfFault(error) };
      }
      guard.end();
      if (tooLong.signal.aborted)
        return {
          ok: false,
          failure: badStream(say('reply_too_long'), false),
        };
      return outcome.ok
        ? { ok: true, finishReason: finishReason(outcome.finishReason) }
        : { ok: false, failure: discreet(outcome.failure) };
    },
    async listModels(signal) {
      try {
        const read = await provider.listModels(signal);
        return read.ok ? read : { ok: false, failure: discreet(read.failure) };
      } catch (error) {
        return { ok: false, failure: failureOfFault(error) };
      }
    },
  };
}

function createEmitGuard(emit: (event: ProviderEvent) => void, signal: AbortSignal, onTooLong: () => void) {
  const cleaners = { text: createTextCleaner(), reasoning: createTextCleaner() };
  let size = 0;
  let calls = 0;
  let turns = 0;
  let last: ProviderEvent['type'] | null = null;
  let open = true;
  const room = (type: ProviderEvent['type'], length: number) => {
    size += length;
    if (type !== last) turns += 1;
    last = type;
    if (size <= MAX_REPLY && turns <= MAX_TURNS) return true;
    open = false;
    onTooLong();
    return false;
  };
  const flush = () => {
    for (const type of ['reasoning', 'text'] as const) {
      const rest = cleaners[type].end();
      if (rest !== '') emit({ type, text: rest });
    }
  };
  return {
    emit(event: ProviderEvent): void {
      if (!open || signal.aborted) return;
      switch (event.type) {
        case 'text':
        case 'reasoning': {
          const text = cleaners[event.type].push(event.text);
          if (text !== '' && room(event.type, text.length)) emit({ type: event.type, text });
          return;
        }
        case 'tool_call': {
          if (++calls > MAX_TOOL_CALLS) return;
          if (!room('tool_call', event.arguments.length + event.name.length)) return;
          emit({
            type: 'tool_call',
            toolCallId: cleanWhole(event.toolCallId).slice(0, 200),
            name: cleanWhole(event.name).slice(0, 200),
            arguments: cleanWhole(event.arguments),
          });
          return;
        }
        case 'usage': {
          const inputTokens = cleanCount(event.inputTokens);
          const outputTokens = cleanCount(event.outputTokens);
          if (inputTokens === undefined && outputTokens === undefined) return;
          emit({
            type: 'usage',
            ...(inputTokens !== undefined && { inputTokens }),
            ...(outputTokens !== undefined && { outputTokens }),
          });
          return;
        }
        default:
          emit(event);
      }
    },
    end(): void {
      if (open && !signal.aborted) flush();
      open = false;
    },
  };
}
