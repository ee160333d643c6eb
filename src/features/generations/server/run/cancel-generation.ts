/** Stopping a generation, at whatever stage, from wherever. */
import { cancelTopic, generationTopic } from '#platform/live-bus/live-bus.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { GenerationState } from '../../generations.ts';
import { isTerminalState } from '../../rules.ts';
import { generationFor } from '../access.ts';
import type { GenerationRow } from '../present-generation.ts';
import { endFromOutside } from './end-from-outside.ts';

/**
 * Stops a generation and returns it in its final state. Idempotent: one that has ended is returned as
 * it is. While it waits it is simply ended; while it runs its worker is told, closes the upstream socket and ends
 * it; a worker that does not answer is overruled.
 */
export async function cancelGeneration(
  services: Services,
  asker: Principal,
  generationId: string,
): Promise<GenerationRow> {
  const row = await generationFor(services.db.$client, asker, generationId, 'write');
  if (!isTerminalState(row.state)) await stop(services, generationId);
  return generationFor(services.db.$client, asker, generationId, 'write');
}

/** Stops the replies that wait or are written in a chat; a title that is made for it goes on. */
export const cancelRepliesOfChat = (services: Services, chatId: string): Promise<void> =>
  stopWhere(services, 'chat_id = ANY($1)', [chatId]);

/** Stops everything that waits or runs in a chat and for it, as for a chat that is being deleted. */
export const cancelGenerationsOfChat = (services: Services, chatId: string): Promise<void> =>
  cancelGenerationsOfChats(services, [chatId]);

/** Stopped at once; the others follow, so that they do not take every connection. */
const AT_ONCE = 20;

/** The same for many chats. */
export const cancelGenerationsOfChats = (services: Services, chatIds: readonly string[]): Promise<void> =>
  stopWhere(services, '(chat_id = ANY($1) OR title_of = ANY($1))', chatIds);

async function stopWhere(services: Services, condition: string, chatIds: readonly string[]): Promise<void> {
  const { rows } = await services.db.$client.query<{ id: string }>(
    `SELECT id FROM generations WHERE ${condition} AND state IN ('queued', 'running')`,
    [chatIds],
  );
  for (let from = 0; from < rows.length; from += AT_ONCE)
    await Promise.all(rows.slice(from, from + AT_ONCE).map((row) => stop(services, row.id)));
}

/** Stops a generation, whoever's it is; returns when it has ended. */
export async function stop(services: Services, generationId: string): Promise<void> {
  const cancelled = { state: 'cancelled', error: null } as const;
  if (await endFromOutside(services, generationId, `g.state = 'queued'`, cancelled)) return;
  await services.db.$client.query({
    name: 'ask-to-cancel',
    text: 'UPDATE generations SET cancel_requested_at = now() WHERE id = $1',
    values: [generationId],
  });
  if (await endedByWorker(services, generationId)) return;
  await endFromOutside(services, generationId, 'true', cancelled);
}

async function endedByWorker(services: Services, generationId: string): Promise<boolean> {
  const { cancelPatienceMs, cancelLookMs } = services.clock;
  const deadline = performance.now() + cancelPatienceMs;
  let wake = () => {};
  const unsubscribe = services.bus.subscribe(generationTopic(generationId), () => wake());
  try {
    services.bus.publish(cancelTopic(generationId), { type: 'cancel' });
    while (performance.now() < deadline) {
      const { rows } = await services.db.$client.query<{ state: GenerationState }>({
        name: 'state-of-generation',
        text: 'SELECT state FROM generations WHERE id = $1',
        values: [generationId],
      });
      if (!rows[0] || isTerminalState(rows[0].state)) return true;
      await new Promise<void>((resolve) => {
        wake = resolve;
        setTimeout(resolve, cancelLookMs);
      });
    }
    return false;
  } finally {
    unsubscribe();
  }
}
