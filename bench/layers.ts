/** What all that a chat may be made with costs: time to the first token with five layers of instructions, a project and an agent, over a bare chat. */
import type { Person } from '#test/harness/accounts.ts';
import { type Figure, median, percentile, printTable } from './harness/figures.ts';
import type { BenchParley } from './harness/parley.ts';
import { onGround, type RunOptions, scaled, sleep } from './harness/run.ts';
import { openStream, type Relay } from './harness/streams.ts';

const SAMPLES = 400;
const WARM_UP = 40;
/** Between questions, so that each finds an idle queue. */
const PAUSE_MS = 15;
/** About as long as people write them. */
const INSTRUCTIONS = 'Answer briefly, and say so when you do not know something. '.repeat(8);
const PARAMETERS = { temperature: 0.4, topP: 0.9 };

export const layers = (options: RunOptions): Promise<void> =>
  onGround(options, async ({ parley }) => {
    const samples = scaled(SAMPLES, options, 20);
    const warmUp = scaled(WARM_UP, options, 10);
    const count = samples + warmUp;
    const [bare, full] = [await bareChats(parley, count), await fullChats(parley, count)];
    const times: Record<'bare' | 'full', number[]> = { bare: [], full: [] };
    for (let n = 0; n < count; n++)
      // In turn, so that a noisy moment strikes both.
      for (const [name, relay] of Object.entries({ bare: bare[n]!, full: full[n]! })) {
        const { firstTokenMs, ok, why } = await openStream(relay, 'tokens=5 rate=0').done;
        if (!ok) throw new Error(`${name}: ${why}`);
        if (n >= warmUp) times[name as 'bare' | 'full'].push(firstTokenMs);
        await sleep(PAUSE_MS);
      }
    const figures: Figure[] = [
      { what: 'p50', share: 0.5, must: 3, aim: 1 },
      { what: 'p95', share: 0.95 },
    ].map(({ share, ...rest }) => ({
      ...rest,
      unit: 'ms',
      value: percentile(times.full, share) - percentile(times.bare, share),
    }));
    printTable(
      `Added time to first token by five layers, a project and an agent, ${samples} questions (bare chat: p50 ${median(times.bare).toFixed(2)} ms)`,
      figures,
    );
  });

async function make<T>(person: Person, method: string, path: string, json: unknown): Promise<T> {
  const answer = await person.fetch(`/api/v1${path}`, { method, json });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

async function bareChats({ url, people }: BenchParley, count: number): Promise<Relay[]> {
  const person = people[0]!;
  const chats: Relay[] = [];
  while (chats.length < count)
    chats.push(asking(url, person, (await make<{ id: string }>(person, 'POST', '/chats', {})).id));
  return chats;
}

async function fullChats({ url, people }: BenchParley, count: number): Promise<Relay[]> {
  const person = people[1]!;
  const settings = { parameters: PARAMETERS };
  await make(person, 'PATCH', '/me', { settings });
  await make(person, 'PUT', '/me/context', { content: INSTRUCTIONS });
  const project = await make<{ id: string }>(person, 'POST', '/projects', {
    name: 'Study',
    instructions: INSTRUCTIONS,
    settings,
  });
  const agent = await make<{ id: string }>(person, 'POST', '/agents', {
    name: 'Poet',
    instructions: INSTRUCTIONS,
    parameters: PARAMETERS,
    scope: 'project',
    projectId: project.id,
  });
  const chats: Relay[] = [];
  while (chats.length < count) {
    const { id } = await make<{ id: string }>(person, 'POST', '/chats', {
      projectId: project.id,
      agentId: agent.id,
      settings,
    });
    await make(person, 'PUT', `/chats/${id}/context`, { content: INSTRUCTIONS });
    chats.push(asking(url, person, id));
  }
  return chats;
}

const asking = (url: string, { cookie }: Person, chatId: string): Relay => ({
  name: 'parley',
  ask: (content) => ({
    url: `${url}/api/v1/chats/${chatId}/messages`,
    headers: { cookie, accept: 'text/event-stream' },
    body: JSON.stringify({ content }),
  }),
});
