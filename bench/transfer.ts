/** 1,000 chats of 100,000 messages come in and go out: how long it takes, what it costs in memory, and whether others notice. */

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { signUp } from '#test/harness/accounts.ts';
import { get } from './bench.ts';
import { type Figure, percentile, printTable } from './harness/figures.ts';
import { startBenchParley } from './harness/parley.ts';
import type { RunOptions } from './harness/run.ts';

const CHATS = 1_000;
const MESSAGES = 100;
/** How often somebody else reads their list meanwhile. */
const LOOK_MS = 20;
const QUIET_MS = 3_000;

export async function transfer(options: RunOptions): Promise<void> {
  const chats = Math.max(1, Math.round(CHATS * options.scale));
  const parley = await startBenchParley('http://127.0.0.1:9', options, 1);
  try {
    const [ada, bob] = [await signUp(parley.url), await signUp(parley.url)];
    const file = fileOf(chats);
    const look = () => get(`${parley.url}/api/v1/chats?limit=20`, { cookie: bob.cookie });
    const quiet = await watched(parley.webPid, look, () => pause(QUIET_MS));
    const into = await watched(parley.webPid, look, async () => {
      const answer = await ada.fetch('/api/v1/chats/import', { method: 'POST', body: file });
      const report = (await answer.json()) as { added?: number };
      if (report.added !== chats) throw new Error(`${answer.status} ${JSON.stringify(report).slice(0, 500)}`);
    });
    const known = await watched(parley.webPid, look, async () => {
      await (await ada.fetch('/api/v1/chats/import', { method: 'POST', body: file })).arrayBuffer();
    });
    const out = await watched(parley.webPid, look, async () => {
      const answer = await ada.fetch('/api/v1/chats/export?format=jsonl');
      let bytes = 0;
      for await (const chunk of answer.body!) bytes += (chunk as Uint8Array).length;
      if (bytes < file.length / 2) throw new Error(`The export has ${bytes} bytes only.`);
    });
    const figures: Figure[] = [
      { what: 'import', value: into.seconds, unit: 's', must: 60, aim: 20 },
      { what: '… its memory', value: into.grownMb, unit: 'MB', must: 300 },
      { what: '… the same again', value: known.seconds, unit: 's' },
      { what: 'export', value: out.seconds, unit: 's', must: 30, aim: 10 },
      { what: '… its memory', value: out.grownMb, unit: 'MB', must: 300 },
      { what: "others' list, p95, nothing else going on", value: quiet.p95, unit: 'ms' },
      { what: '… during the import', value: into.p95, unit: 'ms', floor: quiet.p95, ratio: true, must: 1.2 },
      { what: '… during the export', value: out.p95, unit: 'ms', floor: quiet.p95, ratio: true, must: 1.2 },
    ];
    printTable(`${chats} chats of ${MESSAGES} messages, ${(file.length / 1e6).toFixed(0)} MB`, figures);
  } finally {
    await parley.stop();
  }
}

type Watched = { seconds: number; grownMb: number; p95: number };

/** How long `work` takes, how much the process grows with it, and what somebody else waits meanwhile. */
async function watched(
  pid: number,
  look: () => Promise<unknown>,
  work: () => Promise<unknown>,
): Promise<Watched> {
  const before = memoryOf(pid);
  let most = before;
  let isOver = false;
  const waits: number[] = [];
  const others = (async () => {
    while (!isOver) {
      const began = performance.now();
      await look();
      waits.push(performance.now() - began);
      most = Math.max(most, memoryOf(pid));
      await pause(LOOK_MS);
    }
  })();
  const began = performance.now();
  await work();
  const seconds = (performance.now() - began) / 1000;
  isOver = true;
  await others;
  return { seconds, grownMb: (most - before) / 1e6, p95: percentile(waits, 0.95) };
}

/** Bytes of a process in memory (Linux). */
function memoryOf(pid: number): number {
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return pages * 4096;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Records as lines, with texts of the length that questions and answers have. */
function fileOf(chats: number): Buffer<ArrayBuffer> {
  const lines: string[] = [];
  for (let at = 0; at < chats; at++) {
    const ids = Array.from({ length: MESSAGES }, () => randomUUID());
    const messages = ids.map((id, place) => ({
      id,
      parentId: ids[place - 1] ?? null,
      role: place % 2 === 0 ? 'user' : 'assistant',
      createdAt: new Date(Date.UTC(2026, 0, 1) + at * 60_000 + place * 1_000).toISOString(),
      content: [{ type: 'text', text: `Turn ${place} of chat ${at}. `.repeat(place % 2 === 0 ? 6 : 30) }],
      ...(place % 2 === 1 && {
        generation: { model: 'e/m', state: 'completed', inputTokens: 100, outputTokens: 200 },
      }),
    }));
    lines.push(JSON.stringify({ schema: 'parley.chat/1', id: randomUUID(), title: `Chat ${at}`, messages }));
  }
  return Buffer.from(lines.join('\n'));
}
