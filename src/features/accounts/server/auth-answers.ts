/** Answers of ours under /api/auth/, in better-auth's own shape: `{code, message}`. */
import type { FastifyReply } from 'fastify';

/** Ends a request under /api/auth/ with an error. */
export function refuse(reply: FastifyReply, status: number, code: string, message: string): FastifyReply {
  return reply.status(status).send({ code, message });
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
