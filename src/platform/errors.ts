/** Errors that are answers: thrown anywhere below a route, mapped to a status and a JSON body in one place. */
import { type Detail, type Sentence, toDetail } from './sentences.ts';

const STATUS = {
  invalid_input: 400,
  bad_format: 400,
  unauthenticated: 401,
  chat_limit: 403,
  storage_limit: 403,
  forbidden_origin: 403,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  other_user: 409,
  too_large: 413,
  context_too_long: 413,
  wrong_host: 421,
  upgrade_required: 426,
  rate_limited: 429,
  queue_full: 503,
  unavailable: 503,
  internal: 500,
} as const;
export type ErrorCode = keyof typeof STATUS;
export const ERROR_CODES = Object.keys(STATUS) as ErrorCode[];

/**
 * The body of every error answer: `{error: ErrorBody}`. `detail` is a sentence for people, in English; `reason` names that sentence
 * and `params` are what it says, for clients that say it in another language.
 */
export type ErrorBody = Detail & { code: ErrorCode; field?: string; retryAt?: string; current?: object };

/** An error whose text may be shown to whoever asked. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** What it says, for readers of every language. */
  readonly sentence: Sentence;
  readonly field: string | undefined;
  /** When asking again makes sense. */
  readonly retryAt: Date | undefined;
  /** With a conflict: what is there instead of what the asker took for it. */
  readonly current: object | undefined;

  constructor(
    code: ErrorCode,
    sentence: Sentence,
    more: { field?: string; retryAt?: Date; current?: object; cause?: unknown } = {},
  ) {
    super(sentence.text, { cause: more.cause });
    this.code = code;
    this.sentence = sentence;
    this.field = more.field;
    this.retryAt = more.retryAt;
    this.current = more.current;
  }

  get status(): number {
    return STATUS[this.code];
  }

  body(): ErrorBody {
    return {
      code: this.code,
      ...toDetail(this.sentence),
      ...(this.field !== undefined && { field: this.field }),
      ...(this.retryAt && { retryAt: this.retryAt.toISOString() }),
      ...(this.current && { current: this.current }),
    };
  }
}

/** `404`, said alike for what does not exist and for what belongs to somebody else. */
export const notFound = (sentence: Sentence): AppError => new AppError('not_found', sentence);
/** `400` for one field of what was sent. */
export const invalidInput = (field: string, sentence: Sentence): AppError =>
  new AppError('invalid_input', sentence, { field });
