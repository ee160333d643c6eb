/**
 * The built-in scripted model: no language model, but a clearly labelled stand-in that streams at a set speed and
 * fails, stalls, drips or repeats on request, so that tests, load runs and demos need no network.
 * Its little language is in `read-script.ts` and `docs/scripted-model.md`.
 */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type {
  Provider,
  ProviderEvent,
  ProviderFailure,
  ProviderOutcome,
  ProviderRequest,
} from '../provider.ts';
import { say } from '../say.ts';
import { pointIn, readScript, type Script } from './read-script.ts';
import { hash, inRussian, tokenise, writeDemo, writeWords } from './write-answer.ts';

/** The models, with what each does unless the prompt says otherwise. Names say what they do. */
export const SCRIPTED_MODELS: Record<string, Script> = {
  demo: {},
  fast: { rate: 0 },
  slow: { rate: 5 },
  thinking: { reasoning: 40 },
  loading: { loading: 5_000 },
  echo: {},
  failing: { fail: 'mid', code: 'endpoint_error' },
  stalling: { stall: 'mid' },
};

/** Tokens per second; about what a good local model does. */
const DEFAULT_RATE = 60;
/** Tokens between two turns of the event loop when there is no speed limit. */
const BURST = 64;
/** Holds the longest message there is. */
const CONTEXT_WINDOW = 262_144;
/** More than any reply may have: what a script asks for beyond it is not made, only to be cut off. */
const MAX_CHARACTERS = 10 * 1024 * 1024;
/** Characters that are dripped; at one a millisecond, some minutes. */
const MAX_DRIPS = 100_000;

const NO_SCRIPT = { script: {}, problems: [], found: false };
/** What a model does to who may not tell it to misbehave: the same, but it neither fails nor goes silent. */
const withoutFaults = ({ fail: _fail, stall: _stall, ...rest }: Script): Script => rest;

export function createScripted(): Provider {
  return {
    async listModels() {
      const names = Object.keys(SCRIPTED_MODELS);
      return { ok: true, models: names.map((name) => ({ name, contextWindow: CONTEXT_WINDOW })) };
    },
    async stream(request, emit, signal) {
      const base = SCRIPTED_MODELS[request.model];
      if (!base)
        return failed({ code: 'model_missing', sentence: say('script_no_model', { model: request.model }) });
      try {
        return await play(request, base, emit, signal);
      } catch {
        // Only a sleep cut short by the abort ends here.
        return failed({ code: 'bad_stream', sentence: say('script_stopped') });
      }
    },
  };
}

const failed = (failure: Omit<ProviderFailure, 'retryable'> & { retryable?: boolean }): ProviderOutcome => ({
  ok: false,
  failure: { retryable: false, ...failure },
});

async function play(
  request: ProviderRequest,
  base: Script,
  emit: (event: ProviderEvent) => void,
  signal: AbortSignal,
): Promise<ProviderOutcome> {
  const prompt = request.messages.findLast((message) => message.role === 'user')?.text ?? '';
  const read = request.isPlain ? { ...NO_SCRIPT, rest: prompt } : readScript(prompt);
  const script: Script = request.isPlain ? withoutFaults(base) : { ...base, ...read.script };
  const answer = notYetSaid(answerTokens(request, prompt, script, read), request);
  const limit = Math.min(answer.length, request.maxTokens ?? Number.POSITIVE_INFINITY);
  const tokens =
    script.drip === undefined
      ? answer.slice(0, limit)
      : [...answer.slice(0, Math.min(limit, MAX_DRIPS)).join('').slice(0, MAX_DRIPS)];
  const failAt = pointIn(script.fail, tokens.length);
  const stallAt = pointIn(script.stall, tokens.length);

  if (script.loading) {
    emit({ type: 'loading_model' });
    await sleep(script.loading, undefined, { signal });
  }
  if (script.fail === 'first') return failureOf(script);
  emit({ type: 'accepted' });
  if (script.ttft) await sleep(script.ttft, undefined, { signal });

  const pace = createPace(script, signal);
  for (const thought of writeWords(script.reasoning ?? 0, hash(prompt), inRussian(prompt))) {
    await pace();
    emit({ type: 'reasoning', text: thought });
  }
  for (let at = 0; at <= tokens.length; at++) {
    if (at >= failAt) return failureOf(script);
    if (at >= stallAt) await new Promise((_, reject) => signal.addEventListener('abort', reject));
    if (at === tokens.length) break;
    // The pace is only waited for when it is not due yet: a promise per token would be most of the cost.
    const wait = pace();
    if (wait) await wait;
    emit({ type: 'text', text: tokens[at]! });
  }
  if (script.tool)
    emit({
      type: 'tool_call',
      toolCallId: `call_${hash(prompt).toString(36)}`,
      name: script.tool,
      arguments: script.arguments ?? '{}',
    });
  if (script.usage !== null)
    emit({
      type: 'usage',
      inputTokens: script.usage?.input ?? countTokens(request),
      outputTokens: script.usage?.output ?? limit + (script.reasoning ?? 0),
    });
  return {
    ok: true,
    finishReason: script.finish ?? (script.tool ? 'tool_calls' : limit < answer.length ? 'length' : 'stop'),
  };
}

function failureOf(script: Script): ProviderOutcome {
  return failed({
    code: script.code ?? 'endpoint_error',
    sentence: say('script_failed'),
    retryable: !['endpoint_auth', 'model_missing', 'context_too_long'].includes(script.code ?? ''),
    ...(script.retryAfter !== undefined && { retryAfterMs: script.retryAfter }),
  });
}

function answerTokens(
  request: ProviderRequest,
  prompt: string,
  script: Script,
  read: { problems: string[]; found: boolean; rest: string },
): string[] {
  if (read.problems.length > 0)
    return tokenise(
      `The script is not understood here: \`${read.problems.join(' ')}\`. See docs/scripted-model.md.`,
    );
  if (script.text !== undefined) return tokenise(script.text);
  const seed = script.seed ?? hash(prompt);
  if (script.repeat !== undefined) {
    const { repeat, tokens = 100 } = script;
    return Array<string>(Math.min(tokens, Math.ceil(MAX_CHARACTERS / repeat.length))).fill(repeat);
  }
  if (script.tokens !== undefined) return writeWords(script.tokens, seed, inRussian(prompt));
  const { rest } = read;
  if (request.model === 'echo') return tokenise(rest);
  return rest === '' && read.found ? writeWords(100, seed, false) : tokenise(writeDemo(rest, seed));
}

/** An answer that was begun, as the last turn of the request, is gone on with; one that was not is given whole. */
function notYetSaid(answer: string[], { messages }: ProviderRequest): string[] {
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || !answer.join('').startsWith(last.text)) return answer;
  let said = last.text.length;
  return answer.flatMap((token) => {
    const rest = token.slice(said);
    said = Math.max(0, said - token.length);
    return rest === '' ? [] : [rest];
  });
}

/** Waits until the next token is due, by the clock, so that late timers do not add up; undefined: it is due now. */
function createPace(script: Script, signal: AbortSignal): () => Promise<unknown> | undefined {
  const between = script.drip ?? (script.rate === 0 ? 0 : 1000 / (script.rate ?? DEFAULT_RATE));
  const startedAt = performance.now();
  let count = 0;
  return () => {
    count += 1;
    if (between === 0) return count % BURST === 0 ? nextTurn(undefined, { signal }) : undefined;
    const wait = startedAt + (count - 1) * between - performance.now();
    return wait > 0.5 ? sleep(wait, undefined, { signal }) : undefined;
  };
}

/** About four characters make a token; enough for a ledger that says who used how much. */
const countTokens = (request: ProviderRequest): number =>
  request.messages.reduce((sum, message) => sum + Math.ceil(message.text.length / 4), 0);
