/**
 * Draws `docs/fairness.svg`: one slot, one user who floods it and one who asks now and then, first come first served
 * and under fair share. Arrivals and service times are simulated (seeded, so that the picture stays the same); the
 * order under fair share is that of the real queue, on a real PostgreSQL.
 *
 *   node bench/fairness-simulation.ts
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createTestDatabase } from '../test/harness/database.ts';
import providePostgres from '../test/harness/provide-postgres.ts';
import { createLine } from '../test/queue/line.ts';
import { drawPanels, type Panel } from './harness/draw-panels.ts';

const FLOOD = 60;
const TOKENS_PER_SECOND = 40;
const TARGET = fileURLToPath(new URL('../docs/fairness.svg', import.meta.url));

type Arrival = { user: 'flooder' | 'light'; at: number; tokens: number };
type Served = Arrival & { wait: number };
/** Takes the next of those who wait, or tells that nobody does. */
type Order = {
  arrive(arrival: Arrival): Promise<void>;
  next(): Promise<Arrival | undefined>;
  done(arrival: Arrival): Promise<void>;
};

function arrivals(): Arrival[] {
  let state = 7;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return state / 0x7fff_ffff;
  };
  const tokens = () => 80 + Math.floor(random() * 240);
  const flood = Array.from({ length: FLOOD }, (): Arrival => ({ user: 'flooder', at: 0, tokens: tokens() }));
  const light: Arrival[] = [];
  for (let at = 12; at < 300; at += 15 + random() * 25) light.push({ user: 'light', at, tokens: tokens() });
  return [...flood, ...light].toSorted((a, b) => a.at - b.at);
}

/** One slot in virtual time. */
async function simulate(order: Order): Promise<Served[]> {
  const coming = arrivals();
  const served: Served[] = [];
  let now = 0;
  const arrived = async () => {
    while (coming[0] && coming[0].at <= now) await order.arrive(coming.shift()!);
  };
  for (;;) {
    await arrived();
    const next = await order.next();
    if (!next) {
      if (!coming[0]) return served;
      now = coming[0].at;
      continue;
    }
    served.push({ ...next, wait: now - next.at });
    now += next.tokens / TOKENS_PER_SECOND;
    // Whoever comes while it runs is in line before it ends.
    await arrived();
    await order.done(next);
  }
}

function firstComeFirstServed(): Order {
  const line: Arrival[] = [];
  return {
    arrive: async (arrival) => void line.push(arrival),
    next: async () => line.shift(),
    done: async () => {},
  };
}

async function fairShare(): Promise<{ order: Order; close(): Promise<void> }> {
  const database = await createTestDatabase();
  const line = createLine(database);
  const endpoint = await line.endpoint(1);
  const users = { flooder: await line.user(), light: await line.user() };
  const byId = new Map<string, Arrival>();
  const running = new Map<Arrival, Parameters<typeof line.finish>[0]>();
  return {
    order: {
      async arrive(arrival) {
        byId.set(await line.enqueue(endpoint, users[arrival.user]), arrival);
      },
      async next() {
        const [claimed] = await line.claim(endpoint);
        const arrival = claimed && byId.get(claimed.id);
        if (arrival) running.set(arrival, claimed);
        return arrival;
      },
      async done(arrival) {
        await line.finish(running.get(arrival)!, arrival.tokens * 2);
      },
    },
    close: () => database.drop(),
  };
}

const panelOf = (title: string, served: Served[]): Panel => {
  const waits = served.filter(({ user }) => user === 'light').map(({ wait }) => wait);
  const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
  return {
    title,
    note: `the light user waits ${Math.round(mean)} s on average, ${Math.round(Math.max(...waits))} s at most`,
    series: [
      {
        name: 'the user who sent 60 at once',
        colour: '#b45309',
        hollow: true,
        points: pointsOf(served, 'flooder'),
      },
      {
        name: 'the user who asks now and then',
        colour: '#0369a1',
        hollow: false,
        points: pointsOf(served, 'light'),
      },
    ],
  };
};
const pointsOf = (served: Served[], user: Arrival['user']) =>
  served.filter((each) => each.user === user).map(({ at, wait }) => ({ x: at + wait, y: wait }));

const release = await providePostgres();
const fair = await fairShare();
try {
  const panels = [
    panelOf('First come, first served', await simulate(firstComeFirstServed())),
    panelOf('Fair share, as Parley serves', await simulate(fair.order)),
  ];
  await writeFile(
    TARGET,
    drawPanels(panels, { x: 'seconds since the flood began (when a reply starts)', y: 'seconds waited' }),
  );
  for (const { title, note } of panels) console.log(`${title}: ${note}`);
} finally {
  await fair.close();
  await release();
}
