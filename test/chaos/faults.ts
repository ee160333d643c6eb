/** What goes wrong in a run: each fault breaks something, and resolves when it has mended what does not mend itself. */
import type { Cluster, Member } from './cluster.ts';
import type { Pace } from './pace.ts';
import type { BadNetwork } from './proxy.ts';
import type { Random } from './random.ts';

export type Fault = {
  readonly name: string;
  /** How often it is chosen, compared with the others. */
  readonly weight: number;
  strike(cluster: Cluster, random: Random): Promise<void>;
};

const kill =
  (role: Member['role']) =>
  async ({ members }: Cluster, random: Random): Promise<void> => {
    const member = pickMember(members, role, random);
    member.signal('SIGKILL');
    await sleep(random.whole(500, 1500));
  };

const freeze =
  (role: Member['role'], { least, most }: Pace['faultMs']) =>
  async ({ members }: Cluster, random: Random): Promise<void> => {
    const member = pickMember(members, role, random);
    member.signal('SIGSTOP');
    await sleep(random.whole(least, most));
    member.signal('SIGCONT');
  };

const badNetwork =
  (proxyOf: (cluster: Cluster) => BadNetwork, { least, most }: Pace['faultMs']) =>
  async (cluster: Cluster, random: Random): Promise<void> => {
    const proxy = proxyOf(cluster);
    proxy.set(
      random.pick([
        { kind: 'delay', ms: random.whole(20, 250) },
        { kind: 'drip', bytes: random.whole(1, 40), ms: 1 },
        { kind: 'blackhole' },
      ] as const),
    );
    await sleep(random.whole(least, most));
    proxy.set({ kind: 'none' });
  };

/** The faults of a cluster, at this pace. */
export function faultsFor(cluster: Cluster, { faultMs, pastLeaseMs }: Pace): Fault[] {
  const workers = cluster.members.some((member) => member.role === 'worker');
  const faults: (Fault | false)[] = [
    { name: 'kill web', weight: 3, strike: kill('web') },
    { name: 'freeze web', weight: 2, strike: freeze('web', faultMs) },
    workers && { name: 'kill worker', weight: 4, strike: kill('worker') },
    workers && { name: 'freeze worker', weight: 3, strike: freeze('worker', faultMs) },
    workers &&
      pastLeaseMs !== null && {
        // When it wakes, somebody else has its generations.
        name: 'freeze worker past its lease',
        weight: 1,
        strike: freeze('worker', { least: pastLeaseMs, most: pastLeaseMs }),
      },
    { name: 'restart a process in order', weight: 2, strike: restart },
    { name: 'kill a database connection', weight: 1, strike: killBackend },
    { name: 'kill PostgreSQL', weight: 1, strike: (one, random) => signalPostgres(one, random, 'SIGKILL') },
    { name: 'restart PostgreSQL', weight: 1, strike: (one, random) => signalPostgres(one, random, 'SIGINT') },
    { name: 'freeze PostgreSQL', weight: 1, strike: freezePostgres(faultMs) },
    { name: 'reset clients', weight: 2, strike: async ({ front }) => front.reset() },
    { name: 'bad network to clients', weight: 3, strike: badNetwork((one) => one.front, faultMs) },
    { name: 'reset upstream', weight: 1, strike: async ({ back }) => back.reset() },
    { name: 'bad network to upstream', weight: 3, strike: badNetwork((one) => one.back, faultMs) },
    cluster.redis !== null && { name: 'kill Redis', weight: 2, strike: async ({ redis }) => redis?.kill() },
  ];
  return faults.filter((fault) => fault !== false);
}

/** Chooses by weight; none of none. */
export function chooseFault(faults: readonly Fault[], random: Random): Fault | undefined {
  let at = random.next() * faults.reduce((sum, fault) => sum + fault.weight, 0);
  for (const fault of faults) {
    at -= fault.weight;
    if (at < 0) return fault;
  }
  return faults[0];
}

async function restart({ members }: Cluster, random: Random): Promise<void> {
  const member = random.pick(members);
  const { ended } = member.process ?? {};
  member.signal('SIGTERM');
  // Draining has its bound; a process that does not keep it would be a fault of its own.
  await Promise.race([ended, sleep(15_000)]);
}

async function killBackend(cluster: Cluster, random: Random): Promise<void> {
  const backends = await cluster.backends();
  if (backends.length > 0) tryKill(random.pick(backends), 'SIGKILL');
  await sleep(500);
}

async function signalPostgres(cluster: Cluster, random: Random, signal: NodeJS.Signals): Promise<void> {
  const pid = await cluster.postmaster();
  if (pid) tryKill(pid, signal);
  await sleep(random.whole(500, 2000));
}

/** As a disk that hangs: every process of the server stands still. */
const freezePostgres =
  ({ least, most }: Pace['faultMs']) =>
  async (cluster: Cluster, random: Random): Promise<void> => {
    const pids = [await cluster.postmaster(), ...(await cluster.backends())].filter((pid) => pid !== null);
    for (const pid of pids) tryKill(pid, 'SIGSTOP');
    await sleep(random.whole(least, most));
    for (const pid of pids) tryKill(pid, 'SIGCONT');
  };

/** One of those that are up, if any is: what is being started again has no process to strike. */
function pickMember(members: readonly Member[], role: Member['role'], random: Random): Member {
  const all = members.filter((member) => member.role === role);
  const up = all.filter((member) => member.process);
  return random.pick(up.length > 0 ? up : all);
}

function tryKill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
