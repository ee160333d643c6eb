/** Errors in OpenAI's shape, so that its clients understand them. */
import type { GenerationError, GenerationErrorCode } from '#features/messages/endings.ts';
import type { AppError, ErrorCode } from '#platform/errors.ts';
import type { SendError } from '#platform/http/app.ts';
import { toAppError } from '#platform/http/errors.ts';

export type OpenAiErrorBody = { message: string; type: string; param: string | null; code: string | null };

/** An error that is answered as it is. */
export class OpenAiError extends Error {
  readonly status: number;
  readonly body: OpenAiErrorBody;
  /** False tells OpenAI's clients not to ask again by themselves. */
  readonly retry: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: number,
    body: OpenAiErrorBody,
    more: { retry?: boolean; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.retry = more.retry ?? true;
    this.retryAfterSeconds = more.retryAfterSeconds;
  }
}

const CODES: Partial<Record<ErrorCode, string>> = {
  unauthenticated: 'invalid_api_key',
  rate_limited: 'rate_limit_exceeded',
};

function typeOf(status: number): string {
  if (status === 429) return 'rate_limit_exceeded';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}

function fromAppError(error: AppError): OpenAiError {
  const { code, detail, field, retryAt } = error.body();
  return new OpenAiError(
    error.status,
    { message: detail, type: typeOf(error.status), param: field ?? null, code: CODES[code] ?? code },
    retryAt ? { retryAfterSeconds: Math.max(1, Math.ceil((Date.parse(retryAt) - Date.now()) / 1000)) } : {},
  );
}

/** Answers an error of everything below `/v1`. */
export const sendOpenAiError: SendError = (error, request, reply) => {
  const known = toOpenAiError(error, request.is404);
  if (known.status === 500) request.log.error({ err: error }, 'a request failed');
  if (known.retryAfterSeconds !== undefined) reply.header('retry-after', known.retryAfterSeconds);
  if (!known.retry) reply.header('x-should-retry', 'false');
  return reply.status(known.status).send({ error: known.body });
};

function toOpenAiError(error: Error, isUnknownAddress: boolean): OpenAiError {
  if (error instanceof OpenAiError) return error;
  const known = toAppError(error);
  return isUnknownAddress && known.code === 'not_found' ? unknownAddress() : fromAppError(known);
}

const unknownAddress = (): OpenAiError => {
  const message = 'Parley has nothing at this address. It has /v1/models and /v1/chat/completions.';
  return new OpenAiError(404, { message, type: 'invalid_request_error', param: null, code: 'unknown_url' });
};

/** Why a generation ended, as a status: not ours to blame on the client but where its own input was the reason. */
const STATUS: Record<GenerationErrorCode, number> = {
  endpoint_unreachable: 502,
  endpoint_auth: 502,
  endpoint_rate_limited: 429,
  endpoint_error: 502,
  model_missing: 404,
  bad_stream: 502,
  queue_full: 503,
  timeout_queue: 504,
  timeout_first_token: 504,
  timeout_idle: 504,
  timeout_total: 504,
  worker_lost: 503,
  context_too_long: 400,
};
const OPENAI_CODES: Partial<Record<GenerationErrorCode, string>> = {
  model_missing: 'model_not_found',
  context_too_long: 'context_length_exceeded',
};
/** When the endpoint did not say how long its own limit lasts. */
const RETRY_AFTER_SECONDS = 5;

/** How a generation ended other than completed, as an answer or, in a stream, as its last event. */
export function fromGenerationError({ code, detail, retryable }: GenerationError): OpenAiError {
  const status = STATUS[code];
  return new OpenAiError(
    status,
    {
      message: detail,
      type: typeOf(status),
      param: code === 'model_missing' ? 'model' : code === 'context_too_long' ? 'messages' : null,
      code: OPENAI_CODES[code] ?? code,
    },
    { retry: retryable, retryAfterSeconds: status === 429 ? RETRY_AFTER_SECONDS : undefined },
  );
}

/** Somebody stopped it: its owner on another page, or an admin. */
export const stoppedElsewhere = (): OpenAiError =>
  new OpenAiError(
    410,
    { message: 'This was stopped.', type: 'invalid_request_error', param: null, code: 'cancelled' },
    { retry: false },
  );
