/** What the queue's tests do as people do it. */

import type { Person } from '#test/harness/accounts.ts';
import { addEndpoint, type TestEndpoint } from '#test/harness/endpoints.ts';
import type { TestParley } from '#test/harness/parley.ts';
import { generationWhen, type StoredGeneration } from '#test/harness/stored.ts';
import { send } from '#test/harness/streams.ts';
import type { Upstream } from '#test/upstream/start-upstream.ts';

export {
  generationOf as show,
  generationWhen as shownWhen,
  replyText as storedReply,
} from '#test/harness/stored.ts';

/** Sends and waits for the end. */
export async function ask(person: Person, content: string, modelId: string): Promise<StoredGeneration> {
  const { generation } = await send(person, content, { modelId });
  return generationWhen(person, generation.id);
}

/** An endpoint at a scripted upstream, with its models. */
export const addUpstream = (parley: TestParley, upstream: Pick<Upstream, 'url'>, given: TestEndpoint) =>
  addEndpoint(parley.services, {
    kind: 'openai-compatible',
    baseUrl: upstream.url,
    models: ['normal'],
    ...given,
  });

/** The endpoint's row. */
export async function endpointRow(parley: TestParley, id: string) {
  const { rows } = await parley.services.db.$client.query('SELECT * FROM endpoints WHERE id = $1', [id]);
  return rows[0] as { failures: number; retry_at: Date | null; health: string };
}
