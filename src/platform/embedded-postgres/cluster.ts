import type { Binaries } from './binaries.ts';
import type { RunAs } from './run-as.ts';

/** One embedded server's places, and how its programs are run. */
export type Cluster = {
  readonly dataDir: string;
  /** PostgreSQL's own folder, inside the data folder. */
  readonly folder: string;
  readonly logFile: string;
  readonly runAs: RunAs;
  readonly binaries: Binaries;
};
