/** Calls of Parley's own API: JSON in, JSON out, and every refusal as an `ApiError`. */
import { basePath } from '#web/base-path.ts';
import { ownerId } from '#web/kept/kept.ts';
import { languageOf, usePreferences } from '#web/preferences.ts';

/** Codes of api.md section 5, those of the login routes, and `offline` when no answer came at all. */
export type ApiErrorCode = string;

/** What the server says in `error`. */
type ErrorAnswer = {
  code: ApiErrorCode;
  detail: string;
  field?: string;
  retryAt?: string;
  reason?: string;
  params?: Record<string, string | number>;
  current?: unknown;
};

/** A refusal or a missing answer. Its message is the server's sentence for people, in English. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  /** 0 when there was no answer. */
  readonly status: number;
  readonly field: string | undefined;
  readonly retryAt: string | undefined;
  /** Names the server's sentence, and what it says, to say it in the user's language. */
  readonly reason: string | undefined;
  readonly params: Record<string, string | number>;
  /** With a conflict: what is there instead. */
  readonly current: unknown;

  constructor(status: number, { code, detail, field, retryAt, reason, params = {}, current }: ErrorAnswer) {
    super(detail);
    this.status = status;
    this.code = code;
    this.field = field;
    this.retryAt = retryAt;
    this.reason = reason;
    this.params = params;
    this.current = current;
  }
}

/** Asks who is signed in; its own 401 is an answer, not a loss. */
export const WHO = '/api/v1/me';

let onPersonGone: () => void = () => {};
/** Called when a call is refused because nobody is signed in any more, or somebody else than this page's owner. */
export const whenPersonGone = (listener: () => void): void => {
  onPersonGone = listener;
};

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** The answer's JSON (undefined for 204). Throws `ApiError`. */
export async function api<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    response = await fetch(basePath + path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        // Mails that this asks for are written in the language of the page.
        'accept-language': languageOf(usePreferences.getState()),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...meantFor(path),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, { code: 'offline', detail: 'There was no answer from the server.' });
  }
  const text = await response.text();
  const json = parse(text);
  if (response.ok) return json as T;
  const refusal = toApiError(response.status, json);
  const gone = response.status === 401 && path !== WHO && !path.startsWith('/api/auth/');
  if (gone || refusal.code === 'other_user' || refusal.code === 'OTHER_USER') onPersonGone();
  throw refusal;
}

/** The cookie may be another's by now: the server refuses what is meant to be said, asked or changed by this page's owner. */
export function meantFor(path: string): Record<string, string> {
  const owner = ownerId();
  return owner === null || path === WHO ? {} : { 'parley-user': owner };
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Reads `{error: {code, detail, …}}`, and better-auth's `{code, message, …}` of the login routes. */
export function toApiError(status: number, json: unknown): ApiError {
  const body = (json ?? {}) as {
    error?: Partial<ErrorAnswer>;
    code?: string;
    message?: string;
  } & Pick<ErrorAnswer, 'reason' | 'params'>;
  const { error } = body;
  if (error?.code) return new ApiError(status, { ...error, code: error.code, detail: error.detail ?? '' });
  // A proxy without a server behind it, rather than an answer of ours.
  if (!body.code && status >= 502 && status <= 504)
    return new ApiError(status, { code: 'offline', detail: '' });
  const { code = 'internal', message: detail = '', reason, params } = body;
  return new ApiError(status, { code, detail, ...(reason && { reason, params: params ?? {} }) });
}
