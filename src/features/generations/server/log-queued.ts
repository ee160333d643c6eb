import type { GenerationRow } from './present-generation.ts';

/** What both a process' own logger and that of a request can do. */
type Log = { info(fields: object, message: string): void };

/**
 * The line that ties what was asked to what came of it: `log` is that of the request, which writes its id, and the
 * worker's lines have the generation's.
 */
export function logQueued(
  log: Log,
  generation: Pick<GenerationRow, 'id' | 'chatId' | 'modelId' | 'client'>,
): void {
  const { id, chatId, modelId, client } = generation;
  log.info({ generationId: id, chatId, model: modelId, client }, 'a generation was queued');
}
