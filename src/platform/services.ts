/** What every feature is given by the composition root. */
import type { Config } from '#config';
import type { BlobStore } from './blobs/blob-store.ts';
import type { Clock } from './clock.ts';
import type { Database } from './database/database.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { LiveBus } from './live-bus/live-bus.ts';
import type { Logger } from './log.ts';
import type { SecretBox } from './secrets.ts';

export type Services = {
  readonly config: Config;
  /** How long to wait, everywhere. */
  readonly clock: Clock;
  readonly log: Logger;
  readonly db: Database;
  /** The database over connections of their own, for exports and reports. Never for what somebody's reply waits for. */
  readonly reports: Database;
  readonly bus: LiveBus;
  /** Where the bytes of files are kept. */
  readonly blobs: BlobStore;
  /** What is done later. */
  readonly jobs: Jobs;
  /** Encrypts what must not lie in the database in the clear. */
  readonly secrets: SecretBox;
  /** What this process proves itself with to commands on its data folder. */
  readonly identity: string;
};
