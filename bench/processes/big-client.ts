/** Somebody for whom everything is big: a thread that does one thing with it over and over for a while, and says how long each took. */
import { randomUUID } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';

export type BigOrder = { deed: string; ms: number; once?: boolean };
export type BigData = { url: string; cookie: string; messages: number; branches: number; chats: number };

const { url, cookie, messages, branches, chats } = workerData as BigData;
/** A little less: the scripted model is one of those that say how much they read. */
const MEGABYTE = 'a long text '.repeat(960_000 / 12);
const ids: { long?: string; leaves: string[]; large?: string } = { leaves: [] };
let turn = 0;

async function ask(method: string, path: string, json?: unknown, as = cookie): Promise<string> {
  const answer = await fetch(url + path, {
    method,
    headers: { ...(as && { cookie: as }), ...(json !== undefined && { 'content-type': 'application/json' }) },
    ...(json !== undefined && { body: typeof json === 'string' ? json : JSON.stringify(json) }),
  });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${body.slice(0, 300)}`);
  return body;
}

/** One chain, and branches of two messages each along it. */
function longChat() {
  const trunk = messages - 2 * branches;
  const chain = Array.from({ length: trunk }, () => randomUUID());
  const every = Math.floor(trunk / branches / 2) * 2;
  const leaves: string[] = [];
  const said = chain.map((id, at) => turnOf(id, chain[at - 1] ?? null, at));
  for (let branch = 0; branch < branches; branch++) {
    const [question, answer] = [randomUUID(), randomUUID()];
    said.push(turnOf(question, chain[branch * every + 1]!, 0), turnOf(answer, question, 1));
    leaves.push(answer);
  }
  const record = {
    schema: 'parley.chat/1',
    id: randomUUID(),
    title: 'Long',
    messages: said,
    leafMessageId: chain.at(-1),
  };
  return { record, leaves };
}

const turnOf = (id: string, parentId: string | null, at: number) => ({
  id,
  parentId,
  role: at % 2 === 0 ? 'user' : 'assistant',
  content: [
    {
      type: 'text',
      text: `Turn ${at} of ${id}. ${'Something was said about it. '.repeat(at % 2 === 0 ? 3 : 12)}`,
    },
  ],
});

const smallChat = (length = 2) => {
  const all = Array.from({ length }, () => randomUUID());
  return {
    schema: 'parley.chat/1',
    id: randomUUID(),
    title: `Chat about ${all[0]!.slice(0, 8)}`,
    messages: all.map((id, at) => turnOf(id, all[at - 1] ?? null, at)),
  };
};

const bringIn = (records: object[]) =>
  ask('POST', '/api/v1/chats/import', records.map((record) => JSON.stringify(record)).join('\n'));

async function prepare(): Promise<void> {
  const { record, leaves } = longChat();
  await bringIn([record]);
  Object.assign(ids, { long: record.id, leaves: [record.leafMessageId!, ...leaves] });
  const large = smallChat(10);
  for (const message of large.messages) message.content[0]!.text = MEGABYTE;
  await bringIn([large]);
  ids.large = large.id;
  await bringIn(Array.from({ length: chats }, () => smallChat()));
}

const long = () => `/api/v1/chats/${ids.long}`;
const DEEDS: Record<string, () => Promise<unknown>> = {
  prepare,
  async open() {
    await ask('GET', long());
    await ask('GET', `${long()}/messages`);
  },
  tree: () => ask('GET', `${long()}/tree`),
  async turn() {
    await ask('PATCH', long(), { leafMessageId: ids.leaves[++turn % ids.leaves.length] });
    await ask('GET', `${long()}/messages`);
  },
  async list() {
    for (let cursor = '', page = 0; page < 5; page++) {
      const read = JSON.parse(await ask('GET', `/api/v1/chats?limit=100${cursor}`)) as { nextCursor: string };
      cursor = `&cursor=${read.nextCursor}`;
    }
    await ask('GET', '/api/v1/chats?limit=50&q=about');
  },
  async search() {
    for (const words of ['something', 'said something', '"turn 7"', 'chat about in:title', `${turn++}`])
      await ask('GET', `/api/v1/search?q=${encodeURIComponent(words)}`);
  },
  order: () =>
    ask('POST', '/api/v1/chats/bulk', {
      filter: { archived: 'all' },
      action: turn++ % 2 ? 'untag' : 'tag',
      tag: 'study',
    }),
  async share() {
    const made = JSON.parse(await ask('POST', `${long()}/shares`, {})) as { id: string; url: string };
    await ask('GET', `/api/v1/shares/${made.url.split('/').at(-1)}`, undefined, '');
    await ask('DELETE', `${long()}/shares/${made.id}`);
  },
  large: () => ask('GET', `/api/v1/chats/${ids.large}/messages`),
  send: () =>
    ask('POST', '/api/v1/messages', {
      message: { content: `/script tokens=5\n${MEGABYTE}`, modelId: 'scripted/fast' },
    }),
  exportLong: () => ask('GET', `${long()}/export?format=json`),
  exportAll: () => ask('GET', '/api/v1/chats/export?format=jsonl'),
  importLong: () => bringIn([longChat().record]),
  importMany: () => bringIn(Array.from({ length: Math.ceil(chats / 10) }, () => smallChat())),
};

parentPort!.on('message', async ({ deed, ms, once }: BigOrder) => {
  try {
    const took: number[] = [];
    const until = performance.now() + ms;
    do {
      const from = performance.now();
      await DEEDS[deed]!();
      took.push(performance.now() - from);
    } while (!once && performance.now() < until);
    parentPort!.postMessage({ took });
  } catch (error) {
    parentPort!.postMessage({ error: String(error) });
  }
});
