/** Refusals under /api/auth/, in better-auth's own shape, `{code, message}`, with what other languages need beside it. */
import type { FastifyReply } from 'fastify';
import { say as sayInGeneral } from '#platform/say.ts';
import type { Sentence } from '#platform/sentences.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '../rules.ts';
import { say } from './say.ts';

/** The body of a refusal. */
export const refusal = ({ code, sentence }: { code: string; sentence: Sentence }) => ({
  code,
  message: sentence.text,
  reason: sentence.reason,
  params: sentence.params,
});

/** Ends a request under /api/auth/ with an error. */
export function refuse(reply: FastifyReply, status: number, code: string, sentence: Sentence): FastifyReply {
  return reply.status(status).send(refusal({ code, sentence }));
}

/** The same as an answer in better-auth's place. */
export const refused = (status: number, code: string, sentence: Sentence): Response =>
  Response.json(refusal({ code, sentence }), { status });

/** 429 with the time to wait, in better-auth's place. */
export function refusedForNow(retryAt: Date): Response {
  const seconds = secondsUntil(retryAt);
  const response = refused(429, 'RATE_LIMITED', say('too_many_attempts', { seconds }));
  response.headers.set('retry-after', String(seconds));
  return response;
}

const secondsUntil = (time: Date): number => Math.max(1, Math.ceil((time.getTime() - Date.now()) / 1000));

/** 429 with the time to wait, in words and as a header. */
export function refuseForNow(reply: FastifyReply, retryAt: Date): FastifyReply {
  const seconds = secondsUntil(retryAt);
  reply.header('retry-after', seconds);
  return refuse(reply, 429, 'RATE_LIMITED', say('too_many_attempts', { seconds }));
}

/** better-auth's own codes, in our words. */
const KNOWN: Record<string, Sentence> = {
  INVALID_EMAIL_OR_PASSWORD: say('wrong_email_or_password'),
  INVALID_PASSWORD: say('wrong_password'),
  USER_ALREADY_EXISTS: say('email_taken'),
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: say('email_taken'),
  CREDENTIAL_ACCOUNT_NOT_FOUND: say('no_password'),
  INVALID_EMAIL: say('email_invalid'),
  PASSWORD_TOO_SHORT: say('password_too_short', { min: PASSWORD_MIN }),
  PASSWORD_TOO_LONG: say('password_too_long', { max: PASSWORD_MAX }),
  ANONYMOUS_USERS_CANNOT_SIGN_IN_AGAIN_ANONYMOUSLY: say('already_guest'),
  INVALID_TOKEN: say('reset_link_not_good'),
  UNAUTHORIZED: say('signed_out_meanwhile'),
  SESSION_EXPIRED: say('signed_out_meanwhile'),
};

/** What a refusal of better-auth's own is answered with: its message stays where we have no better one. */
export function inOurWords(status: number, text: string): string {
  const body = parse(text);
  if (status < 400 || body === null || 'reason' in body) return text;
  const { code = '', message } = body as { code?: string; message?: string };
  const known = KNOWN[code];
  if (known) return JSON.stringify({ ...body, ...refusal({ code, sentence: known }) });
  const sentence =
    status >= 500 ? sayInGeneral('our_fault') : say(status === 400 ? 'auth_form_refused' : 'auth_failed');
  return JSON.stringify({ ...body, ...refusal({ code, sentence }), ...(message && { message }) });
}

function parse(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}
