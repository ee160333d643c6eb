import { className, queueOrder, type Waiting } from '#features/generations/server/index.ts';
import type { Database } from '#platform/database/database.ts';
import type { QueueLine } from '../ledger.ts';
import type { Scope } from './access.ts';

type EndpointLine = { id: string; name: string; slots: number; running: number; waiting: number };

/** The line of every endpoint that is switched on or still has somebody in line. */
export async function listQueue(db: Database, scope: Scope): Promise<QueueLine[]> {
  const { rows } = await db.$client.query<EndpointLine>({
    name: 'list-lines',
    text: `SELECT e.id, e.name, e.slots,
        (SELECT count(*)::int FROM generations WHERE endpoint_id = e.id AND state = 'running') AS running,
        (SELECT count(*)::int FROM generations WHERE endpoint_id = e.id AND state = 'queued') AS waiting
      FROM endpoints e
      WHERE e.enabled OR EXISTS (SELECT FROM generations WHERE endpoint_id = e.id AND state IN ('queued', 'running'))
      ORDER BY e.name`,
  });
  const lines = await Promise.all(
    rows.map(async (row) => ({ row, line: row.waiting > 0 ? await queueOrder(db.$client, row.id) : [] })),
  );
  const names = scope.all
    ? await namesOf(
        db,
        lines.flatMap(({ line }) => line),
      )
    : new Map();
  return lines.map(({ row, line }) => ({
    endpointId: row.id,
    name: row.name,
    slots: row.slots,
    running: row.running,
    // As many as are listed, also when one joined between the two statements.
    waiting: line.length,
    entries: line.map((waiting) => present(waiting, scope, names)),
  }));
}

function present(waiting: Waiting, { userId, all }: Scope, names: Map<string, string>) {
  const entry = { position: waiting.position, class: className(waiting.class) };
  if (!all && waiting.userId !== userId) return entry;
  return {
    ...entry,
    generationId: waiting.id,
    chatId: waiting.chatId,
    ...(all && { user: { id: waiting.userId, name: names.get(waiting.userId) ?? '' } }),
  };
}

async function namesOf(db: Database, line: readonly Waiting[]): Promise<Map<string, string>> {
  const { rows } = await db.$client.query<{ id: string; name: string }>(
    'SELECT id, name FROM users WHERE id = ANY ($1)',
    [[...new Set(line.map((waiting) => waiting.userId))]],
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}
