/** Every Parley that uses the server says so by a lock it holds there; the last one to leave stops the server. */
import pg from 'pg';
import type { DatabaseAddress } from '#platform/database/database.ts';
import { LOCKS } from '#platform/signals.ts';

const CONNECT_MS = 5_000;
const DUPLICATE_DATABASE = ['42P04', '23505'];

export type Presence = {
  /** Resolves when the connection is gone, however that came. */
  readonly lost: Promise<void>;
  /** True when no other Parley is here, and none can come as long as this connection lives. */
  isLast(): Promise<boolean>;
  leave(): Promise<void>;
};

/** Connects, states the presence and sees to Parley's database. Waits while another Parley is stopping the server. */
export async function enter(address: Exclude<DatabaseAddress, { url: string }>): Promise<Presence> {
  const client = new pg.Client({
    ...address,
    database: 'postgres',
    connectionTimeoutMillis: CONNECT_MS,
    application_name: 'parley presence',
  });
  const lost = new Promise<void>((resolve) => client.once('end', () => resolve()));
  // A broken connection also emits `end`; without a listener the error would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock_shared($1)', [LOCKS.presence]);
    await createDatabase(client, address.database);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  return {
    lost,
    async isLast() {
      const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1) AS alone', [
        LOCKS.presence,
      ]);
      return rows[0]!.alone;
    },
    leave: () => client.end().catch(() => {}),
  };
}

/** There is no IF NOT EXISTS for databases, and two processes may come here at once. */
async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
  if (rowCount) return;
  await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`).catch((error: { code?: string }) => {
    if (!DUPLICATE_DATABASE.includes(error.code ?? '')) throw error;
  });
}
