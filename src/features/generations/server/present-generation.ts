import type { Queryable } from '#platform/database/database.ts';
import type { Generation, PriorityClass } from '../generations.ts';
import type { GenerationRow } from './generation-columns.ts';
import { estimateWait, queueOrder, servicePace } from './queue/queue-order.ts';

export type { GenerationRow };
/** Where a waiting generation stands; null for one that no longer waits. */
export type Place = { position: number; queueSize: number; etaSeconds: number | null } | null;

const CLASSES: readonly PriorityClass[] = ['interactive', 'batch', 'background'];
/** A class below 0 is something interactive that an admin moved to the front. */
export const className = (value: number): PriorityClass => CLASSES[Math.max(0, value)] ?? 'background';
export const classNumber = (name: PriorityClass): number => CLASSES.indexOf(name);

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

/** A generation as its owner sees it. */
export function presentGeneration(row: GenerationRow, place: Place): Generation {
  return {
    id: row.id,
    chatId: row.chatId,
    messageId: row.messageId,
    state: row.state,
    position: place?.position ?? null,
    queueSize: place?.queueSize ?? null,
    etaSeconds: place?.etaSeconds ?? null,
    model: row.modelId,
    endpointId: row.endpointId,
    class: className(row.class),
    client: row.client,
    queuedAt: row.queuedAt.toISOString(),
    startedAt: iso(row.startedAt),
    firstTokenAt: iso(row.firstTokenAt),
    finishedAt: iso(row.finishedAt),
    inputTokens: row.inputTokens,
    outputTokens: row.outputTokens,
    error: row.error,
  };
}

/** Where a generation stands in its endpoint's line; null when it does not wait. */
export async function placeOf(
  db: Queryable,
  row: Pick<GenerationRow, 'id' | 'state' | 'endpointId'>,
): Promise<Place> {
  if (row.state !== 'queued' || !row.endpointId) return null;
  const [line, pace] = await Promise.all([queueOrder(db, row.endpointId), servicePace(db, row.endpointId)]);
  const own = line.find((waiting) => waiting.id === row.id);
  if (!own) return null;
  return { position: own.position, queueSize: line.length, etaSeconds: estimateWait(own.position, pace) };
}
