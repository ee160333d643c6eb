/** Turns whatever went wrong into an answer for people. */
import type { FastifyError } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { AppError, invalidInput } from '#platform/errors.ts';
import { isUnavailable, sqlState } from '../database/database.ts';
import { say } from '../say.ts';
import { describeIssue } from './describe-issue.ts';
import { BODY_LIMIT_BYTES } from './json-body.ts';

/** PostgreSQL: text with NUL or half a surrogate pair, as text and inside JSON; JSON nested deeper than its stack. */
const UNSTORABLE = new Set(['22021', '22P05', '54001']);
const FOREIGN_KEY_VIOLATION = '23503';
/** Two writers waited for each other, and PostgreSQL ended this one; nothing of it was kept. */
const DEADLOCK = '40P01';
/** A report took longer than its pool allows. */
const TOOK_TOO_LONG = '57014';
const RETRY_AFTER_MS = 2000;

/** Any error as an answer for people; what is not known to be theirs to see becomes a plain 500. */
export function toAppError(error: FastifyError | Error): AppError {
  if (error instanceof AppError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return toInvalidInput(error as FastifyError);
  const state = sqlState(error);
  if (state && UNSTORABLE.has(state)) return invalidInput('body', say('text_not_storable'));
  // The user was removed between the check and the write: a guest that became an account, or went idle.
  if (state === FOREIGN_KEY_VIOLATION && /user_id/.test(constraintOf(error)))
    return new AppError('unauthenticated', say('session_gone'));
  if (state === DEADLOCK)
    return new AppError('unavailable', say('changes_collided'), {
      retryAt: new Date(Date.now() + RETRY_AFTER_MS),
    });
  if (state === TOOK_TOO_LONG)
    return new AppError('unavailable', say('took_too_long'), {
      retryAt: new Date(Date.now() + RETRY_AFTER_MS),
    });
  if (isUnavailable(error))
    return new AppError('unavailable', say('database_away'), {
      retryAt: new Date(Date.now() + RETRY_AFTER_MS),
    });
  return toClientError(error as FastifyError);
}

/** True for what somebody should look into, with its stack; what was refused because there is no room, or we go down, is none. */
export const isFault = (error: Error, answer: AppError): boolean =>
  answer.status >= 500 && (error !== answer || answer.code === 'internal' || answer.cause !== undefined);

function toInvalidInput(error: FastifyError): AppError {
  // What is not even an id cannot be the id of anything: the same answer as for what is somebody else's.
  if (error.validationContext === 'params') return new AppError('not_found', say('not_there'));
  const { field, sentence } = describeIssue(error.validation![0]!, error.validationContext ?? 'body');
  return invalidInput(field, sentence);
}

/** Fastify's own refusals; their messages are for developers, so the usual ones are said in our words. */
function toClientError(error: FastifyError): AppError {
  const { statusCode: status, code } = error;
  if (status === 413)
    return new AppError('too_large', say('body_too_large', { mebibytes: BODY_LIMIT_BYTES / 2 ** 20 }));
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return invalidInput('body', say('body_wrong_type'));
  if (status === 429) return new AppError('rate_limited', say('too_many_requests'));
  if (status && status >= 400 && status < 500)
    return invalidInput('body', say('request_refused', { problem: error.message }));
  return new AppError('internal', say('our_fault'), { cause: error });
}

function constraintOf(error: unknown): string {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { constraint } = at as { constraint?: unknown };
    if (typeof constraint === 'string') return constraint;
  }
  return '';
}
