/** Answers of ours under /api/auth/, in better-auth's own shape: `{code, message}`, with the sentence's name for other languages. */
import type { FastifyReply } from 'fastify';
import type { Sentence } from '#platform/sentences.ts';

/** What is refused, as better-auth says it. */
export const refusal = ({ code, sentence }: { code: string; sentence: Sentence }) => ({
  code,
  message: sentence.text,
  reason: sentence.reason,
  params: sentence.params,
});

/** Ends a request under /api/auth/ with an error. */
export function refuse(
  reply: FastifyReply,
  status: number,
  code: string,
  message: string | Sentence,
): FastifyReply {
  const body = typeof message === 'string' ? { code, message } : refusal({ code, sentence: message });
  return reply.status(status).send(body);
}

/** 429 with the time to wait, in words and as a header. */
export function refuseForNow(reply: FastifyReply, retryAt: Date): FastifyReply {
  const seconds = Math.max(1, Math.ceil((retryAt.getTime() - Date.now()) / 1000));
  reply.header('retry-after', seconds);
  return refuse(
    reply,
    429,
    'RATE_LIMITED',
    `Too many attempts. Try again in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`,
  );
}
