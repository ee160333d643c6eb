/** The server's clock: how long it waits, how often it looks, and how long a lease holds, all in milliseconds. */

/** What holds in production. A test that would have to live through a wait starts Parley with a shorter one. */
export const REAL_CLOCK = {
  // Leases: a worker that is alive says so, and one that does not is replaced.
  /** How long a claim holds without a heartbeat. Longer than any stall a healthy process has. */
  leaseMs: 15_000,
  /** Well inside the lease, so that a few lost heartbeats do no harm. */
  heartbeatMs: 2_000,
  /** A worker whose lock is gone is dead at once, unless it beat this recently: it may be reconnecting. */
  recentBeatMs: 3_000,
  /** How often the caretaker looks for lost workers; a queue deadline is kept to about this. */
  caretakerLookMs: 500,
  /**
   * How long after its claim a model may be asked without looking whether the claim still holds. A process that was
   * frozen in between, by its clock longer than this, may have lost it, and must not make a second call.
   */
  freshClaimMs: 1_000,
  /** The safety net under the wake-ups: how long a lost one can delay a claim. */
  claimPollMs: 5_000,

  // Endings.
  /** How long its worker has to end a generation that is cancelled, before it is ended over the worker's head. */
  cancelPatienceMs: 3_000,
  /** Between looks at a row being cancelled, for when the news of its end does not reach this process. */
  cancelLookMs: 100,
  /** How long replies that were begun may go on after SIGTERM; what is left then is marked, its text kept. */
  drainMs: 10_000,
  /** About how long a restart takes; when those who are refused may ask again. */
  restartHintMs: 5_000,

  // Readers.
  /** The safety net under everything live: a reader that missed the end learns of it within this. */
  sweepMs: 1_000,
  /** How often open streams are compared with who may read, all in one query. Streams must close within 2 s. */
  principalWatchMs: 1_000,
  /** Proxies and clients give up on a silent connection; a comment keeps it. */
  sseHeartbeatMs: 15_000,
  /** The same for clients of the OpenAI interface, which are less patient. */
  gatewayHeartbeatMs: 10_000,
  /** Between a socket's pings; a peer that is gone without a word is noticed by it. */
  socketPingMs: 20_000,

  // Log-ins.
  /** What an attempt waits on an account that many are made on; doubled as they go on, up to the longest. */
  signInDelayMs: 100,
  /** Short enough for the account's owner, who waits it as well. */
  signInLongestDelayMs: 2_000,

  // Connections.
  /** How long a request may take to arrive, its body included, and how often connections are looked at for it. */
  requestMs: 60_000,
  requestLookMs: 5_000,
  /** How long its head may take, and a connection on which nothing is asked at all. */
  requestHeadMs: 30_000,
  /** How long the rest of a refused body is read before its connection is closed. */
  lingerMs: 10_000,

  // Endpoints.
  /** How often endpoints are looked for whose health is due. */
  healthTickMs: 5_000,
  /** A healthy endpoint's list changes seldom … */
  healthyCheckMs: 60_000,
  /** … and one that is down should be seen to come back soon. */
  downCheckMs: 10_000,
  /** How often open circuits are looked for. The shortest wait of one should not become much longer. */
  probeTickMs: 500,
  /** How long a probe belongs to the process that began it; should that die, another begins one after this. */
  probeHoldMs: 10_000,
  /** How long a circuit stays open; doubled with every failed trial, up to the longest. */
  circuitFirstWaitMs: 2_000,
  circuitLongestWaitMs: 60_000,
  /** Changes of an endpoint made in this process count at once; those of another one after this long. */
  endpointCacheMs: 2_000,
  /** First wait before a model is asked again; doubled each time, jittered so that runs do not ask in step. */
  callRetryMs: 250,

  // What is done later.
  /** How often it is looked for what is to be entered into the search index: what was said is found within a second. */
  searchLookMs: 250,
  /** How often follow-ups of ended generations are looked for that nobody told of: after a kill, or a failure. */
  followersLookMs: 5_000,
  /** Late enough that starting Parley, and the first page, never wait for jobs. */
  jobStartMs: 5_000,
  /** When the database was away at the start. */
  jobStartRetryMs: 30_000,
  /** How late a job may be that is due by time; one that is sent wakes its workers. Every poll is a query for each kind. */
  jobPollMs: 30_000,
  /** How often a worker of a job says that it lives; when it has not, the job is another's. pg-boss takes 10 s at least. */
  jobHeartbeatMs: 30_000,
  /** How often dead workers of jobs are looked for. */
  jobSuperviseMs: 60_000,
  /** How long a job may go on when the process is told to stop; then it is tried again elsewhere. */
  jobStopMs: 5_000,
} as const;

/** A clock: every wait by its name. */
export type Clock = { readonly [Wait in keyof typeof REAL_CLOCK]: number };

/** Lists what is wrong with a clock, in words; empty when its waits fit one another. */
export function clockProblems(clock: Clock): string[] {
  const rules: [holds: boolean, words: string][] = [
    [Object.values(clock).every((ms) => Number.isFinite(ms) && ms > 0), 'every wait is above 0'],
    [clock.heartbeatMs * 3 <= clock.leaseMs, 'three heartbeats fit into a lease'],
    [clock.heartbeatMs < clock.recentBeatMs, 'a living worker has always beaten recently'],
    [
      clock.recentBeatMs < clock.leaseMs,
      'a worker whose lock is gone is not waited for longer than its lease',
    ],
    [
      clock.caretakerLookMs <= clock.recentBeatMs,
      'the caretaker looks no less often than workers are judged',
    ],
    [clock.freshClaimMs < clock.leaseMs, 'a claim that is believed without a look still holds'],
    [clock.cancelLookMs < clock.cancelPatienceMs, 'an ending is looked for before patience ends'],
    [
      clock.principalWatchMs * 2 <= 2_000,
      'a stream closes within 2 s, also when a look takes as long as a wait',
    ],
    [clock.signInDelayMs <= clock.signInLongestDelayMs, 'the shortest delay of a sign-in is not its longest'],
    [clock.requestHeadMs <= clock.requestMs, 'a head may take no longer than a whole request'],
    [clock.probeTickMs <= clock.circuitFirstWaitMs, 'an open circuit is seen within its shortest wait'],
    [
      clock.circuitFirstWaitMs <= clock.circuitLongestWaitMs,
      'the shortest wait of a circuit is not its longest',
    ],
    [clock.searchLookMs <= 500, 'what was said is found within a second, with time to enter it'],
    [clock.jobHeartbeatMs >= 10_000, 'a job is left to its worker for at least 10 s'],
    [clock.jobPollMs >= 500, 'jobs are looked for twice a second at most'],
    [clock.downCheckMs <= clock.healthyCheckMs, 'who is down is looked at no less often than who is up'],
  ];
  return rules.filter(([holds]) => !holds).map(([, words]) => words);
}
