/**
 * The signals by which processes reach one another through the database: channels, topics and locks. Each name and number
 * stands here and nowhere else; docs/pools-and-locks.md says what each is for, and a test holds the two together.
 */

/** NOTIFY channels, on the one connection of a process that listens. */
export const CHANNELS = {
  /** Wakes workers: an endpoint's id, and the process that need not be told. */
  wake: 'parley_wake',
  /** Carries the live bus between processes. */
  bus: 'parley_bus',
} as const;

/** Topics of the live bus; of those that concern one thing, what stands before its id and a colon. */
export const TOPICS = {
  everybody: 'everybody',
  user: 'user',
  project: 'project',
  chat: 'chat',
  generation: 'generation',
  cancel: 'cancel',
  queue: 'queue',
  observed: 'observed',
  ended: 'generation-ended',
  jobs: 'jobs',
  principalsChanged: 'accounts.principals-changed',
  endpointChanged: 'endpoint-changed',
} as const;

/** Keys of advisory locks. Large ones are a lock's whole key; small ones its first half, before the hash of an id. */
export const LOCKS = {
  /** Held while migrating, so that of two processes that start together the second waits for the first. */
  migration: 7_274_995_301,
  /** Shared by all who use an embedded server, in its maintenance database. */
  presence: 7_274_995_303,
  /** Held by the process that enters a batch into the search index. */
  searchIndex: 7_274_995_304,
  /** Lines up what one user spends: sends, chats. */
  spending: 7_274_001,
  /** Lines up the sends to an endpoint that is nearly full. */
  endpoint: 7_274_002,
  /** Lines up the claims of one user's generations. */
  claims: 7_274_003,
  /** Lines up what guests of one address spend. */
  guestAddress: 7_274_004,
  /** Lines up the saves of one owner's instructions. */
  contexts: 7_274_005,
  /** Lines up who makes agents in one place. */
  agents: 7_274_006,
} as const;
