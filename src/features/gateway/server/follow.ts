/** Following a generation for a program that waits for it: who leaves takes the generation along. */
import type { FastifyReply } from 'fastify';
import { type GenerationsRuntime, type Sink, stop } from '#features/generations/server/index.ts';
import type { Principal } from '#platform/principal.ts';

export type Following = {
  runtime: GenerationsRuntime;
  principal: Principal;
  generationId: string;
  reply: FastifyReply;
};

/**
 * Tells `sink` everything of the generation, from its start. Nobody but this client can read the answer, so it is
 * stopped when the client hangs up, or when its key is no longer good; unlike a chat's, which goes on. Resolves
 * after the last event, or when the client is gone.
 */
export async function follow(
  { runtime, principal, generationId, reply }: Following,
  sink: Sink,
): Promise<void> {
  const { services, delivery, openStreams } = runtime;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let over = false;
  const end = () => {
    over = true;
    resolve();
  };
  const leave = () => {
    if (over) return;
    end();
    stop(services, generationId).catch((error: Error) =>
      services.log.warn({ err: error, generationId }, 'what nobody waits for any more could not be stopped'),
    );
  };
  const stopWatching = openStreams.watch(principal, () => {
    leave();
    reply.raw.destroy();
  });
  reply.raw.once('close', leave);
  // It may have hung up while the generation was queued.
  if (reply.raw.destroyed) leave();
  const opened = await delivery
    .open(principal.userId, generationId, 0, {
      ...sink,
      end() {
        end();
        sink.end();
      },
    })
    .catch((error: Error) => {
      leave();
      reject(error);
      return 'gone' as const;
    });
  if (typeof opened === 'string') end();
  try {
    await promise;
  } finally {
    stopWatching();
    reply.raw.off('close', leave);
    if (typeof opened !== 'string') opened.close();
  }
}
