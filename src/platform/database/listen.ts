/** One connection that LISTENs for as long as the process lives, and comes back by itself. */
import pg from 'pg';
import { type Logger, seldom } from '#platform/log.ts';
import { type DatabaseAddress, toClientConfig } from './database.ts';

export type Listener = {
  /** True while notifications arrive. */
  readonly connected: boolean;
  /** Monotonic milliseconds since the connection was last (re)made; 0 while there is none. */
  connectedForMs(): number;
  close(): Promise<void>;
};

type Options = {
  channels: readonly string[];
  /** A key of `pg_advisory_lock` held as long as the connection lives: how others see that this process does. */
  lockKey?: number;
  onNotification(channel: string, payload: string): void;
  /** Called on every connection but the first: what was notified in between was missed. */
  onReconnect(): void;
};

/** First wait before reconnecting, and the longest; doubled in between, with jitter against a herd. */
const BACKOFF_MS = { first: 50, most: 2000 };

/** Connects and listens. Rejects when the first connection fails; later losses are repaired in the background. */
export async function listen(address: DatabaseAddress, log: Logger, options: Options): Promise<Listener> {
  let client: pg.Client | null = null;
  let connectedAt = 0;
  let closing = false;
  let timer: NodeJS.Timeout | undefined;
  // Whoever reaches the database can notify: no payload may end the process.
  const failed = seldom((times, channel: string, error: unknown) =>
    log.error({ err: error, channel, times }, 'a notification could not be handled'),
  );

  async function connect(): Promise<void> {
    const next = new pg.Client({
      ...toClientConfig(address),
      keepAlive: true,
      application_name: 'parley listener',
    });
    next.on('error', (error) => lost(next, error));
    next.on('end', () => lost(next, new Error('the connection ended')));
    next.on('notification', ({ channel, payload = '' }) => {
      try {
        options.onNotification(channel, payload);
      } catch (error) {
        failed(channel, error);
      }
    });
    try {
      await next.connect();
      for (const channel of options.channels) await next.query(`LISTEN ${pg.escapeIdentifier(channel)}`);
      if (options.lockKey !== undefined) await next.query('SELECT pg_advisory_lock($1)', [options.lockKey]);
    } catch (error) {
      next.removeAllListeners().on('error', () => {});
      void next.end().catch(() => {});
      throw error;
    }
    client = next;
    connectedAt = performance.now();
  }

  function lost(which: pg.Client, error: Error): void {
    if (which !== client) return;
    client = null;
    if (closing) return;
    log.warn({ err: error }, 'the listening database connection was lost; reconnecting');
    retry(BACKOFF_MS.first);
  }

  function retry(delayMs: number): void {
    timer = setTimeout(
      () => {
        if (closing) return;
        connect().then(options.onReconnect, () => retry(Math.min(delayMs * 2, BACKOFF_MS.most)));
      },
      delayMs * (0.5 + Math.random()),
    );
  }

  await connect();
  return {
    get connected() {
      return client !== null;
    },
    connectedForMs: () => (client ? performance.now() - connectedAt : 0),
    async close() {
      closing = true;
      clearTimeout(timer);
      await client?.end().catch(() => {});
    },
  };
}
