/** What the queue's tests do as people do it. */

import type { Person } from '#test/harness/accounts.ts';
import { addEndpoint, type TestEndpoint } from '#test/harness/endpoints.ts';
import type { TestParley } from '#test/harness/parley.ts';
import { eventually, send } from '#test/harness/streams.ts';
import type { Upstream } from '#test/upstream/start-upstream.ts';

export type Shown = {
  id: string;
  state: string;
  position: number | null;
  startedAt: string | null;
  finishedAt: string | null;
  error: { code: string; detail: string; retryable: boolean } | null;
};

/** A generation as its owner sees it. */
export const show = async (person: Person, id: string): Promise<Shown> =>
  (await (await person.fetch(`/api/v1/generations/${id}`)).json()) as Shown;

/** The same, once it is in one of these states; any end unless told. */
export const shownWhen = (person: Person, id: string, states?: string[], withinMs = 20_000): Promise<Shown> =>
  eventually(
    () => show(person, id),
    ({ state }) => (states ? states.includes(state) : state !== 'queued' && state !== 'running'),
    withinMs,
  );

/** Sends and waits for the end. */
export async function ask(person: Person, content: string, modelId: string): Promise<Shown> {
  const { generation } = await send(person, content, { modelId });
  return shownWhen(person, generation.id);
}

/** The text that is stored of a chat's last reply. */
export async function storedReply(person: Person, chatId: string): Promise<string> {
  const page = (await (await person.fetch(`/api/v1/chats/${chatId}/messages`)).json()) as {
    items: { content: { text: string }[] }[];
  };
  return page.items
    .at(-1)!
    .content.map((part) => part.text)
    .join('');
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
  return rows[0] as { failures: number; retry_at: Date | null; health: string; health_detail: string };
}
