import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, type Person } from './harness/accounts.ts';
import { type ParleyProcess, startParleyProcess } from './harness/process.ts';
import { eventually, readStream, sendStreaming, streamedText } from './harness/streams.ts';
import { addUpstream } from './harness/upstream-endpoint.ts';
import { startUpstream, type Upstream } from './upstream/start-upstream.ts';

let dataDir: string;
let upstream: Upstream;
let parley: ParleyProcess;
let ada: Person;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'parley-pg-'));
  upstream = await startUpstream();
  parley = await startParleyProcess({ dataDir });
  ada = await admin(parley.url);
  await addUpstream(ada, upstream);
});
afterAll(async () => {
  await parley?.stop();
  await upstream?.close();
  await rm(dataDir, { recursive: true, force: true });
});

const postmaster = async () =>
  Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);

describe('PostgreSQL', () => {
  it.each([
    ['killed', 'SIGKILL'],
    ['restarted', 'SIGINT'],
  ] as const)(
    '%s in mid-stream: the stream goes on, and no acknowledged message is lost',
    { timeout: 120_000 },
    async (_what, signal) => {
      const stream = readStream(
        await sendStreaming(ada, 'Go on\n/upstream {"tokens":300,"rate":60}', { modelId: 'upstream/normal' }),
      );
      await eventually(
        async () => upstream.requests.length,
        (count) => count > 0,
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
      process.kill(await postmaster(), signal);

      // Who sends meanwhile is told so, in words, and the same message goes through when it is back.
      const body = {
        chat: { id: randomUUID() },
        message: { id: randomUUID(), content: 'Meanwhile', modelId: 'upstream/fast' },
      };
      const answers: number[] = [];
      const accepted = await eventually(
        async () => {
          const answer = await ada.fetch('/api/v1/messages', { method: 'POST', json: body });
          answers.push(answer.status);
          return answer.status === 202 ? ((await answer.json()) as { generation: { id: string } }) : null;
        },
        (made) => made !== null,
        60_000,
      );
      expect(answers.filter((status) => status !== 202 && status !== 503)).toEqual([]);

      const events = await stream;
      expect(events.at(-1)).toMatchObject({ type: 'message_end', data: { state: 'completed' } });
      const logged = events.filter((event) => event.id).map((event) => Number(event.id!.split(':')[1]));
      expect(logged).toEqual(logged.map((_, index) => index + 1));
      expect(streamedText(events)).toBe(Array.from({ length: 300 }, (_, at) => `w${at} `).join(''));
      // The listener is back: what is sent now is claimed and told at once, not by a slow poll.
      await eventually(
        async () =>
          (await (await ada.fetch(`/api/v1/generations/${accepted!.generation.id}`)).json()) as {
            state: string;
          },
        (row) => row.state === 'completed',
        30_000,
      );
      await eventually(
        async () => (await fetch(`${parley.url}/readyz`)).status,
        (status) => status === 200,
      );
    },
  );
});
