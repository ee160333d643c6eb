/**
 * The signals by which processes reach one another through the database: channels, topics and locks. Each name and number
 * stands here and nowhere else; docs/pools-and-locks.md says what each is for, and a test holds the two together.
 */

/** NOTIFY channel that wakes workers: an endpoint's id, and the process that need not be told. */
export const WAKE_CHANNEL = 'parley_wake';
/** NOTIFY channel that carries the live bus between processes. */
export const BUS_CHANNEL = 'parley_bus';

/** Topic on which workers are told that a job of their kind was sent. */
export const JOBS_TOPIC = 'jobs';
/** Topic on which those who follow generations are told that one ended. */
export const ENDED_TOPIC = 'generation-ended';
