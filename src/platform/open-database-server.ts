/** The PostgreSQL a configuration means: another server, or the embedded one in the data folder. */
import type { Config } from '#config';
import { openEmbeddedPostgres } from '#platform/embedded-postgres/embedded-postgres.ts';
import type { Logger } from '#platform/log.ts';
import type { DatabaseAddress } from './database/database.ts';

export type DatabaseServer = {
  readonly address: DatabaseAddress;
  /** Leaves it; the embedded server ends when nobody else uses it. Close your connections first. */
  close(): Promise<void>;
};

/** Finds or starts it. Another server is not contacted yet. */
export async function openDatabaseServer(config: Config, log: Logger): Promise<DatabaseServer> {
  if (config.databaseUrl) return { address: { url: config.databaseUrl }, async close() {} };
  return openEmbeddedPostgres(config.dataDir, log);
}
