import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { admin, type Person } from './harness/accounts.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { startTestParley, type TestParley } from './harness/parley.ts';
import { readStream, sendStreaming } from './harness/streams.ts';

let parley: TestParley;
let ada: Person;

beforeAll(async () => {
  parley = await startTestParley();
  await addEndpoint(parley.services, { slots: 5 });
  ada = await admin(parley.url);
});
afterAll(() => parley.close());

/** Makes the next query that `hit` picks throw, whatever connection it is for, as a bug in the code around it would. */
function breakOnce(hit: (statement: string) => boolean): void {
  const { query } = pg.Pool.prototype;
  pg.Pool.prototype.query = function (this: pg.Pool, ...args: unknown[]) {
    const [what] = args as [string | { name?: string; text?: string }];
    const statement = typeof what === 'string' ? what : `${what.name} ${what.text}`;
    if (!hit(statement)) return (query as (...all: unknown[]) => unknown).apply(this, args);
    pg.Pool.prototype.query = query;
    throw new TypeError('planted: undefined is not a function');
  } as typeof query;
}

describe('a bug that throws', () => {
  it('while a reply is prepared fails that reply, in words, and no other', async () => {
    breakOnce((statement) => statement.startsWith('branch-of'));
    const all = await Promise.all(
      Array.from({ length: 5 }, async () =>
        readStream(await sendStreaming(ada, '/script tokens=20 rate=500')),
      ),
    );
    const states = all.map((events) => events.at(-1)!.data.state).sort();
    expect(states).toEqual(['completed', 'completed', 'completed', 'completed', 'failed']);
    const failed = all.find((events) => events.at(-1)!.type === 'error')!.at(-1)!;
    expect(failed.data).toMatchObject({ code: 'endpoint_error', retryable: true });
    expect(String(failed.data.detail)).not.toContain('planted');
  });

  it('in a handler answers that request with 500 and nothing of its inside; the next one is fine', async () => {
    breakOnce((statement) => /from "?chats/i.test(statement));
    const answers = [await ada.fetch('/api/v1/chats'), await ada.fetch('/api/v1/chats')];
    expect(answers.map((answer) => answer.status)).toEqual([500, 200]);
    expect(await answers[0]!.text()).not.toContain('planted');
    expect((await fetch(`${parley.url}/readyz`)).status).toBe(200);
  });
});
