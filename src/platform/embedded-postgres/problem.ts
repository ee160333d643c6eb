/** The embedded server cannot be used; the message says why and what to do, for people. */
export class EmbeddedPostgresError extends Error {}

/** For a data folder that cannot be made, read or written. */
export const unusableFolder = (dataDir: string, error: unknown): EmbeddedPostgresError =>
  new EmbeddedPostgresError(
    `The data folder ${dataDir} cannot be used by this user (${(error as Error).message}). Choose another with DATA_DIR, or start Parley as its owner.`,
  );
