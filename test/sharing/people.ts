/** What tests of sharing do as people: they say something, make links to it, and read them as nobody in particular. */
import type { MadeShare, SharedChat } from '#features/sharing/sharing.ts';
import type { Person } from '../harness/accounts.ts';
import { generationWhen } from '../harness/stored.ts';
import { send } from '../harness/streams.ts';

/** Is answered at once. */
export const QUICK = '/script text="hi" rate=0';

/** A chat in which somebody said something and was answered. */
export async function say(person: Person, content: string, chatId?: string) {
  const sent = chatId
    ? ((await (
        await person.fetch(`/api/v1/chats/${chatId}/messages`, { method: 'POST', json: { content } })
      ).json()) as Awaited<ReturnType<typeof send>>)
    : await send(person, content);
  await generationWhen(person, sent.generation.id);
  return sent;
}

export const askToShare = (person: Person, chatId: string, json: object = {}): Promise<Response> =>
  person.fetch(`/api/v1/chats/${chatId}/shares`, { method: 'POST', json });

/** A link to a chat, with its token apart. */
export async function share(
  person: Person,
  chatId: string,
  json: object = {},
): Promise<MadeShare & { token: string }> {
  const answer = await askToShare(person, chatId, json);
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  const made = (await answer.json()) as MadeShare;
  return { ...made, token: new URL(made.url).pathname.split('/').at(-1)! };
}

/** What anybody gets who has the link: no cookie is sent. */
export async function read(url: string, token: string): Promise<{ status: number; body: SharedChat }> {
  const answer = await fetch(`${url}/api/v1/shares/${token}`);
  return { status: answer.status, body: (await answer.json()) as SharedChat };
}

export const textsOf = ({ messages }: SharedChat): string[] =>
  messages.map(({ content }) => content.map(({ text }) => text).join(''));
