/** Who may tell the scripted model to misbehave. */
import { expect, onTestFinished, test } from 'vitest';
import { admin, guest, type Person } from './harness/accounts.ts';
import { addEndpoint } from './harness/endpoints.ts';
import { startTestParley } from './harness/parley.ts';
import { readStream, sendStreaming, streamedText } from './harness/streams.ts';

const SCRIPT = '/script rate=0 text="as told" fail=end';

async function ask(person: Person, model: string) {
  const events = await readStream(
    await sendStreaming(person, SCRIPT, { modelId: `scripted/${model}`, parameters: { maxTokens: 20 } }),
  );
  return { text: streamedText(events), end: events.at(-1)!.data.state };
}

test('anybody, until there is a real endpoint; then admins', async () => {
  const parley = await startTestParley();
  onTestFinished(() => parley.close());
  const ada = await admin(parley.url);
  const visitor = await guest(parley.url);
  const told = { text: 'as told', end: 'failed' };
  expect(await ask(visitor, 'echo')).toEqual(told);
  await addEndpoint(parley.services, {
    name: 'real',
    kind: 'openai-compatible',
    baseUrl: 'http://127.0.0.1:1/v1',
  });
  expect(await ask(visitor, 'echo')).toEqual({ text: SCRIPT, end: 'completed' });
  expect((await ask(visitor, 'failing')).end).toBe('completed');
  expect(await ask(ada, 'echo')).toEqual(told);
});
