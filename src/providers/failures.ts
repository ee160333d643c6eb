/** What went wrong at an endpoint, told apart exactly and said in words; shared by all wire dialects. */
import { parseBounded } from '#platform/bounded-json.ts';
import { OutboundFault, type OutboundFaultKind } from '#platform/outbound/outbound-fault.ts';
import type { ProviderFailure } from './provider.ts';

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

/** Longest part of a server's own words that is shown. */
const MAX_DETAIL = 300;

const UNREACHABLE: Partial<Record<OutboundFaultKind, string>> = {
  refused: 'Nothing answers at the endpoint’s address (connection refused). Is the model server running?',
  dns: 'The name in the endpoint’s address is unknown (DNS).',
  tls: 'The endpoint’s certificate is not trusted, or it does not speak TLS there.',
  timeout: 'The endpoint did not answer the connection attempt in time.',
  network: 'The endpoint cannot be reached over the network.',
  blocked: 'Parley does not connect to this address.',
};

/** The stream ended, or holds, what no finished reply would. */
export const badStream = (detail: string, retryable = true): ProviderFailure => ({
  code: 'bad_stream',
  detail,
  retryable,
});

/** The failure behind an exception of the outbound module; anything else is a defect and said to be one. */
export function failureOfFault(error: unknown): ProviderFailure {
  if (!(error instanceof OutboundFault))
    return {
      code: 'endpoint_error',
      detail: 'Parley could not read the endpoint’s answer.',
      retryable: false,
    };
  const unreachable = UNREACHABLE[error.kind];
  if (unreachable)
    return { code: 'endpoint_unreachable', detail: unreachable, retryable: error.kind !== 'blocked' };
  if (error.kind === 'garbage')
    return badStream('What answers at the endpoint’s address does not speak HTTP as a model server does.');
  if (error.kind === 'aborted') return badStream('Parley closed the connection to the endpoint.');
  return badStream('The endpoint broke off before the reply was finished.');
}

const CONTEXT_TOO_LONG =
  /context[_ ](length|window|size)|maximum context|prompt is too long|too many (input )?tokens|input is too long|exceeds? the (available )?context/i;
const MODEL_MISSING =
  /model[_ ]not[_ ]found|no such model|unknown model|no models? loaded|model\b.{0,200}\b(not found|does ?n[o']t exist|is not available|not (been )?loaded)/i;
const LOADING = /loading/i;

/** True when a server says that it is still loading the model (llama.cpp and Hugging Face do, with a 503). */
export const isLoading = (error: ServerError): boolean => error.status === 503 && LOADING.test(error.message);

/** The failure behind an error a server sent, for a run of `model` (null: its list was asked for). */
export function failureOfServerError(error: ServerError, model: string | null): ProviderFailure {
  const { status, code } = error;
  const said = sayBriefly(error.message);
  const about = `${code} ${error.message}`;
  const saying = said ? ` It says: ${said}` : '';
  if (status === 401 || status === 403 || /authentication_error|permission_error|invalid_api_key/.test(code))
    return {
      code: 'endpoint_auth',
      detail: `The endpoint refused Parley’s key${status ? ` (${status})` : ''}. An admin can set another one.`,
      retryable: false,
    };
  if (status === 429 || /rate_limit/.test(code)) {
    const spent = /insufficient_quota|billing/.test(about);
    return {
      code: 'endpoint_rate_limited',
      detail: spent
        ? `The endpoint’s quota is used up.${saying}`
        : `The endpoint takes no more for the moment (too many requests).${saying}`,
      retryable: !spent,
      ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    };
  }
  if (CONTEXT_TOO_LONG.test(about) || code === 'exceed_context_size_error')
    return {
      code: 'context_too_long',
      detail: `The chat is longer than the model can read.${saying}`,
      retryable: false,
    };
  if (model !== null && (status === 404 || ((status ?? 400) < 500 && MODEL_MISSING.test(about))))
    return {
      code: 'model_missing',
      detail: `The endpoint has no model “${model}”, or its address is not quite right.${saying}`,
      retryable: false,
    };
  if (status !== null && status >= 300 && status < 400)
    return {
      code: 'endpoint_error',
      detail: `The endpoint has moved (${status})${error.location ? ` to ${sayBriefly(error.location)}` : ''}. An admin can set the new address.`,
      retryable: false,
    };
  return {
    code: 'endpoint_error',
    detail: `The endpoint reported an error${status ? ` (${status})` : ''}.${saying}`,
    retryable: status === null ? true : status >= 500 || status === 408 || status === 409 || status === 425,
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
  };
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

/** One line of somebody else's words, short and without control characters. */
function sayBriefly(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return line.length > MAX_DETAIL ? `${line.slice(0, MAX_DETAIL).toWellFormed()}…` : line;
}
