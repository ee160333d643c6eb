/** The embedded server cannot be used; the message says why and what to do, for people. */
export class EmbeddedPostgresError extends Error {}
