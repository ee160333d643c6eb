/** What a reader costs who only waits: memory per open WebSocket, and per SSE reader of something that waits. */
import http from 'node:http';
import { WebSocket } from 'ws';
import { type Figure, printTable } from './harness/figures.ts';
import type { BenchParley } from './harness/parley.ts';
import { cpuSeconds, residentBytes } from './harness/processes.ts';
import { onGround, type RunOptions, scaled, sleep } from './harness/run.ts';

const SUBSCRIBERS = 10_000;
const PEOPLE = 500;
/** Opened at a time: a crowd that comes in, not a flood that the backlog refuses. */
const AT_ONCE = 50;
/** Until buffers of the opening are freed and the collector has been by. */
const SETTLE_MS = 3000;
/** Connections from one source address to one port end at about 28,000; more addresses leave room. */
const ADDRESSES = 8;

type Opened = { close(): void };

export async function subscribers(options: RunOptions): Promise<void> {
  const count = scaled(SUBSCRIBERS, options, 100);
  const figures: Figure[] = [];
  for (const kind of ['WebSocket', 'SSE'] as const)
    await onGround(
      options,
      async ({ parley, upstream }) => {
        const open = kind === 'WebSocket' ? openSocket : await waitingReader(parley, upstream.url);
        await sleep(SETTLE_MS);
        const before = residentBytes(parley.webPid);
        const { opened, failed } = await openAll(parley, count, open);
        await sleep(SETTLE_MS);
        const each = (residentBytes(parley.webPid) - before) / opened.length / 1000;
        const cpuBefore = cpuSeconds([parley.webPid]);
        await sleep(5000);
        const cpu = (cpuSeconds([parley.webPid]) - cpuBefore) / 5;
        for (const one of opened) one.close();
        figures.push(
          { what: `${kind}: memory each`, unit: 'kB', value: each, must: 30, aim: 12 },
          { what: `${kind}: failed`, unit: '', value: failed, must: 0 },
          { what: `${kind}: CPU while idle`, unit: 's/s', value: cpu },
        );
      },
      scaled(PEOPLE, options, 10),
    );
  printTable(`${count} idle subscribers`, figures);
}

type Open = (parley: BenchParley, turn: number) => Promise<Opened>;

async function openAll(
  parley: BenchParley,
  count: number,
  open: Open,
): Promise<{ opened: Opened[]; failed: number }> {
  const opened: Opened[] = [];
  let failed = 0;
  for (let at = 0; at < count; at += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - at) }, (_, n) => open(parley, at + n));
    for (const result of await Promise.allSettled(some))
      if (result.status === 'fulfilled') opened.push(result.value);
      else failed += 1;
  }
  return { opened, failed };
}

const cookieOf = (parley: BenchParley, turn: number) => parley.people[turn % parley.people.length]!.cookie;
const addressOf = (turn: number) => `127.0.0.${2 + (turn % ADDRESSES)}`;

const openSocket: Open = (parley, turn) =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${parley.url.replace('http', 'ws')}/api/v1/live`, {
      headers: { cookie: cookieOf(parley, turn) },
      localAddress: addressOf(turn),
      perMessageDeflate: false,
    });
    // `ready` and what goes on have been told: from now on it waits.
    socket.once('message', () => resolve({ close: () => socket.terminate() }));
    socket.once('error', reject);
  });

/** Readers of one generation each of which waits behind another that never ends within the benchmark. */
async function waitingReader(parley: BenchParley, upstreamUrl: string): Promise<Open> {
  await parley.addEndpoint('narrow', upstreamUrl, 1);
  const ids: string[] = [];
  for (const person of parley.people) {
    const response = await person.fetch('/api/v1/messages', {
      method: 'POST',
      json: { message: { content: 'tokens=100000 rate=1', modelId: 'narrow/bench' } },
    });
    if (response.status !== 202) throw new Error(await response.text());
    ids.push(((await response.json()) as { generation: { id: string } }).generation.id);
  }
  return (_parley, turn) =>
    new Promise((resolve, reject) => {
      const request = http.get(
        `${parley.url}/api/v1/generations/${ids[turn % ids.length]}/events`,
        { headers: { cookie: cookieOf(parley, turn) }, localAddress: addressOf(turn), agent: false },
        (response) => {
          if (response.statusCode !== 200) return reject(new Error(String(response.statusCode)));
          response.once('data', () => resolve({ close: () => request.destroy() }));
          response.on('data', () => {});
          response.on('error', () => {});
        },
      );
      request.on('error', reject);
    });
}
