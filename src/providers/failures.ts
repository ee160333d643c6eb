/** What went wrong at an endpoint, told apart exactly and said in words; shared by all wire dialects. */
import { parseBounded } from '#platform/bounded-json.ts';
import { OutboundFault, type OutboundFaultKind } from '#platform/outbound/outbound-fault.ts';
import type { Sentence } from '#platform/sentences.ts';
import type { ProviderFailure } from './provider.ts';
import { say } from './say.ts';

/** An error a server sent, as an HTTP status with a body or as an object inside a stream. */
export type ServerError = {
  /** Null inside a stream, where there is no status. */
  status: number | null;
  message: string;
  /** The server's own word for it (`code` or `type`), lower case; often empty. */
  code: string;
  retryAfterMs?: number | undefined;
  /** Where a 3xx points to. */
  location?: string | undefined;
};

const UNREACHABLE: Partial<Record<OutboundFaultKind, Sentence>> = {
  refused: say('server_refused'),
  dns: say('server_name_unknown'),
  tls: say('server_not_trusted'),
  timeout: say('server_connect_timeout'),
  network: say('server_no_route'),
  blocked: say('server_blocked'),
};

/** The stream ended, or holds, what no finished reply would. */
export const badStream = (sentence: Sentence, retryable = true): ProviderFailure => ({
  code: 'bad_stream',
  sentence,
  retryable,
});

/** The failure behind an exception of the outbound module; anything else is a defect and said to be one. */
export function failureOfFault(error: unknown): ProviderFailure {
  if (!(error instanceof OutboundFault))
    return { code: 'endpoint_error', sentence: say('server_unreadable'), retryable: false };
  const unreachable = UNREACHABLE[error.kind];
  if (unreachable)
    return { code: 'endpoint_unreachable', sentence: unreachable, retryable: error.kind !== 'blocked' };
  if (error.kind === 'garbage') return badStream(say('server_not_http'));
  if (error.kind === 'aborted') return badStream(say('server_left'));
  return badStream(say('server_broke_off'));
}

const CONTEXT_TOO_LONG =
  /context[_ ](length|window|size)|maximum context|prompt is too long|too many (input )?tokens|input is too long|exceeds? the (available )?context/i;
const MODEL_MISSING =
  /model[_ ]not[_ ]found|no such model|unknown model|no models? loaded|model\b.{0,200}\b(not found|does ?n[o']t exist|is not available|not (been )?loaded)/i;
const LOADING = /loading/i;

/** True when a server says that it is still loading the model (llama.cpp and Hugging Face do, with a 503). */
export const isLoading = (error: ServerError): boolean => error.status === 503 && LOADING.test(error.message);

/**
 * The failure behind an error a server sent, for a run of `model` (null: its list was asked for). What the server said itself
 * is kept apart, as `said`.
 */
export function failureOfServerError(error: ServerError, model: string | null): ProviderFailure {
  const said = error.location ?? error.message;
  return { ...tellApart(error, model), ...(said && { said }) };
}

function tellApart(error: ServerError, model: string | null): ProviderFailure {
  const { status, code } = error;
  const about = `${code} ${error.message}`;
  const params = { status: status ?? 'none' };
  const later = error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs };
  if (status === 401 || status === 403 || /authentication_error|permission_error|invalid_api_key/.test(code))
    return { code: 'endpoint_auth', sentence: say('server_refused_key', params), retryable: false };
  if (status === 429 || /rate_limit/.test(code)) {
    const spent = /insufficient_quota|billing/.test(about);
    const sentence = say(spent ? 'server_quota_spent' : 'server_too_many');
    return { code: 'endpoint_rate_limited', sentence, retryable: !spent, ...later };
  }
  if (CONTEXT_TOO_LONG.test(about) || code === 'exceed_context_size_error')
    return { code: 'context_too_long', sentence: say('chat_too_long'), retryable: false };
  if (model !== null && (status === 404 || ((status ?? 400) < 500 && MODEL_MISSING.test(about))))
    return { code: 'model_missing', sentence: say('model_gone', { model }), retryable: false };
  if (status !== null && status >= 300 && status < 400)
    return { code: 'endpoint_error', sentence: say('server_moved', params), retryable: false };
  const retryable =
    status === null ? true : status >= 500 || status === 408 || status === 409 || status === 425;
  return { code: 'endpoint_error', sentence: say('server_error', params), retryable, ...later };
}

/** `Retry-After` in milliseconds: seconds, or an HTTP date; undefined when it is neither. At most a day. */
export function parseRetryAfter(value: string | undefined, now = Date.now()): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(Math.round(ms), 0), 86_400_000) : undefined;
}

/** Finds the message and code in the error shapes seen in the field; `body` is the text the server sent. */
export function readServerError(status: number | null, body: string): ServerError {
  try {
    return { status, ...readErrorObject(parseBounded(body)) };
  } catch {
    // A proxy's HTML page says nothing worth showing.
    return { status, message: /^\s*</.test(body) ? '' : body, code: '' };
  }
}

type Loose = Record<string, unknown>;
const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null;
const word = (value: unknown): string => (typeof value === 'string' ? value : '');

/** As `readServerError`, for JSON that is parsed already: `{error: {message, code, type}}`, `{error: "…"}`, `{detail}`, `{message}`. */
export function readErrorObject(value: unknown): { message: string; code: string } {
  const outer = isObject(value) ? value : {};
  const inner: Loose = isObject(outer.error) ? outer.error : outer;
  const message =
    word(inner.message) || word(outer.error) || word(outer.message) || word(outer.detail) || word(value);
  const code = [inner.code, inner.type].map(word).filter(Boolean).join(' ').toLowerCase();
  return { message, code };
}
