import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeWhole } from './harness/make.ts';
import { generationWhen } from './harness/stored.ts';
import { eventually, readStream, sendStreaming, streamedText } from './harness/streams.ts';

const postmaster = async (dataDir: string) =>
  Number((await readFile(join(dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);

describe('PostgreSQL', () => {
  it.concurrent.for([
    ['killed', 'SIGKILL'],
    ['restarted', 'SIGINT'],
  ] as const)(
    '%s in mid-stream: the stream goes on, and no acknowledged message is lost',
    { timeout: 120_000 },
    async ([, signal], { onTestFinished }) => {
      const { ada, dataDir, parley, upstream } = await makeWhole(onTestFinished);
      const stream = readStream(
        await sendStreaming(ada, 'Go on\n/upstream {"tokens":300,"rate":100}', {
          modelId: 'upstream/normal',
        }),
      );
      await eventually(
        async () => upstream.requests.length,
        (count) => count > 0,
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
      process.kill(await postmaster(dataDir), signal);

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
      await generationWhen(ada, accepted!.generation.id, ['completed']);
      await eventually(
        async () => (await fetch(`${parley.url}/readyz`)).status,
        (status) => status === 200,
      );
    },
  );
});
