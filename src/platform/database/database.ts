/** The database: one pool, typed queries through Drizzle, raw SQL for the hot path. */
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Logger } from '#platform/log.ts';

/** Typed queries; a function that takes `Db` can be called with a transaction as well. */
export type Db = Pick<
  NodePgDatabase,
  'select' | 'insert' | 'update' | 'delete' | 'execute' | 'selectDistinct' | '$with' | 'with'
>;

/** A connection inside a transaction; `inTransaction` makes it, `typed` gives the builder on it. */
export type Tx = pg.PoolClient;

/** Whatever runs raw SQL: the pool, or one connection inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'> | Pick<Tx, 'query'>;

export type Database = Db & {
  /** The pool, for raw and prepared statements. */
  readonly $client: pg.Pool;
};

/** How to reach PostgreSQL: a URL, or the socket folder of the embedded server. */
export type DatabaseAddress =
  | { url: string }
  | { host: string; port: number; user: string; database: string; password?: string };

// 64-bit integers as numbers: Parley's counts stay far below 2^53.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/** What the `pg` package needs to connect to an address. */
export const toClientConfig = (address: DatabaseAddress): pg.ClientConfig =>
  'url' in address ? { connectionString: address.url } : address;

/** Settings of a session that every connection of a pool begins with. */
type Session = { readonly [setting: string]: string };

/**
 * For statements of the hot path, each of which has its index: one that is prepared while its table is small is planned
 * to read all of it, and keeps that plan when the table has grown a thousandfold a minute later.
 */
const BY_INDEX: Session = { enable_seqscan: 'off' };
/** For reports, which may well read all of a table, but not for as long as they like. */
const REPORTS: Session = { statement_timeout: '60s' };

/** Opens a pool. Nothing is connected until the first query. `size` is the most connections held at a time. */
export const openDatabase = (address: DatabaseAddress, log: Logger, size = 20): Database =>
  openPool(address, log, size, BY_INDEX);

/** Opens a pool for exports and reports: planned as PostgreSQL sees fit, and ended after a minute (SQLSTATE 57014). */
export const openReports = (address: DatabaseAddress, log: Logger, size: number): Database =>
  openPool(address, log, size, REPORTS);

function openPool(address: DatabaseAddress, log: Logger, size: number, session: Session): Database {
  const pool = new pg.Pool({
    ...toClientConfig(address),
    max: size,
    // Statements that do not wait for one another's answers share a round trip, see `inOrder`.
    pipeline: true,
    // How long one is waited for, also in a rush: a send that comes late is better than one that has to be sent again.
    connectionTimeoutMillis: 20_000,
    idleTimeoutMillis: 30_000,
    application_name: 'parley',
  });
  // An idle connection that breaks (the server restarts) is replaced by the pool; without a listener it would end us.
  pool.on('error', (error) => {
    if (!pool.ending) log.warn({ err: error }, 'an idle database connection was lost');
  });
  // Neither may one that breaks while it is lent out end us: the query that fails tells its caller, and between two
  // statements of a transaction the next one will.
  pool.on('connect', (client) => {
    client.on('error', () => {});
    for (const [setting, value] of Object.entries(session))
      client.query(`SET ${setting} = '${value}'`).catch(() => {});
  });
  return drizzle({ client: pool, casing: 'snake_case' }) as unknown as Database;
}

/**
 * The results of statements that were sent one behind the other on one connection, without waiting in between; of
 * several failures the first in order is thrown. PostgreSQL runs them one after another, each with a snapshot of its
 * own. Raw statements only: Drizzle's are sent later than they are called, and not in order.
 */
export async function inOrder<const T extends readonly Promise<unknown>[]>(
  ...sent: T
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  const settled = await Promise.allSettled(sent);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  }) as never;
}

/** Takes what is to be done, and cannot fail, once the transaction is committed: telling of what it did. */
export type AfterCommit = (then: () => void) => void;

/** Runs `work` in one transaction on one connection; an exception rolls it back. */
export async function inTransaction<T>(
  db: Database,
  work: (tx: Tx, afterCommit: AfterCommit) => Promise<T>,
): Promise<T> {
  const after: (() => void)[] = [];
  const result = await transact(db, (tx) => work(tx, (then) => void after.push(then)));
  for (const then of after) then();
  return result;
}

async function transact<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await db.$client.connect();
  let broken: Error | undefined;
  try {
    // Not waited for: it can only fail with the connection, and then the first statement of the work fails as well.
    client.query('BEGIN').catch(() => {});
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch((rollbackError: Error) => {
      broken = rollbackError;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The builder inside a transaction. */
export const typed = (client: Tx): Db => drizzle({ client, casing: 'snake_case' });

/** SQLSTATE of a PostgreSQL error, however deep Drizzle has wrapped it; undefined for other errors. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as { code?: unknown }).code;
    if (at instanceof pg.DatabaseError && typeof code === 'string') return code;
  }
  return undefined;
}

/** True when a row was refused because another one has what must be its own. */
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505';

/** True when the same statement may well succeed later: the database is away, or a deadlock was broken up. */
export const isTransient = (error: unknown): boolean =>
  isUnavailable(error) || sqlState(error)?.startsWith('40') === true;

/** What the `pg` package says of a connection that is gone, without a code; the last is for whoever uses it after that. */
const GONE =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Cannot use a pool after|is not queryable/;

/** True when the error says that the database cannot be reached or is shutting down, not that the query is wrong. */
export function isUnavailable(error: unknown): boolean {
  const state = sqlState(error);
  if (state)
    return state.startsWith('08') || state.startsWith('57P') || state === '53300' || state.startsWith('53');
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as NodeJS.ErrnoException).code;
    if (code && ['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code)) return true;
    if (GONE.test(at.message)) return true;
  }
  return false;
}
