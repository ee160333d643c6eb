/** What tests of titles need: an upstream with one model that answers and one that makes titles. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Chat } from '#features/chats/chats.ts';
import type { LedgerEntry } from '#features/usage/ledger.ts';
import { admin, type Person, signUp } from '../harness/accounts.ts';
import { QUICK_CLOCK } from '../harness/clock.ts';
import { makeQuiet } from '../harness/make.ts';
import { startTestParley, type TestParley } from '../harness/parley.ts';
import { generationWhen } from '../harness/stored.ts';
import { eventually, type SentMessage, send } from '../harness/streams.ts';
import { addUpstream } from '../harness/upstream-endpoint.ts';
import type { Behaviour } from '../upstream/behaviour.ts';
import { startUpstream, type Upstream } from '../upstream/start-upstream.ts';

export const TITLER = 'upstream/titler';
export const ANSWERER = 'upstream/normal';
/** The first words of what is asked, and so what a chat is called without a model. */
export const ASKED = 'Why is the sky blue';
export const MADE = 'Light in the air';

/** Has titles made by that model, or by none. */
export async function makeTitles(boss: Person, titles: { modelId: string } | 'off' = { modelId: TITLER }) {
  const response = await boss.fetch('/api/v1/admin/settings', { method: 'PATCH', json: { titles } });
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}

/** Replies are short; titles are as told. */
export const behave = (upstream: Upstream, title: Behaviour = {}): void =>
  upstream.behave(({ model }) =>
    model === 'titler' ? { pieces: [`"${MADE}"`], rate: 0, ...title } : { tokens: 3, rate: 0 },
  );

/** What the model that makes titles was asked. */
export const titleRequests = ({ requests }: Upstream) => requests.filter(({ model }) => model === 'titler');

export const begin = (person: Person, more: object = {}): Promise<SentMessage> =>
  send(person, ASKED, { modelId: ANSWERER, ...more });

export const chatOf = async (person: Person, id: string): Promise<Chat> =>
  (await (await person.fetch(`/api/v1/chats/${id}`)).json()) as Chat;

/** The chat, once it has this title. */
export const titled = (person: Person, id: string, title = MADE): Promise<Chat> =>
  eventually(
    () => chatOf(person, id),
    (chat) => chat.title === title,
    20_000,
  );

/** What the ledger says of titles that were made for somebody, newest first. */
export const titleRows = async (person: Person): Promise<LedgerEntry[]> => {
  const { items } = (await (await person.fetch('/api/v1/generations?limit=100')).json()) as {
    items: LedgerEntry[];
  };
  return items.filter(({ client }) => client === 'titles');
};

/** The same, once so many have ended. */
export const titlesEnded = (person: Person, count = 1): Promise<LedgerEntry[]> =>
  eventually(
    () => titleRows(person),
    (rows) => rows.filter(({ finishedAt }) => finishedAt !== null).length >= count,
    20_000,
  );

/** Until the first words of the one that is made for somebody are there. */
export const titleBegun = async (person: Person): Promise<void> => {
  await eventually(
    () => titleRows(person),
    ([row]) => typeof row?.firstTokenAt === 'string',
  );
};

/** Says something more in a chat. */
export async function sayMore(
  person: Person,
  chatId: string,
  more: object = {},
): Promise<{ generation: { id: string } }> {
  const json = { content: 'And at dusk?', modelId: ANSWERER, ...more };
  const response = await person.fetch(`/api/v1/chats/${chatId}/messages`, { method: 'POST', json });
  const body = (await response.json()) as { generation: { id: string }; outbox?: { id: string } };
  return body;
}

/** Until the reply that was asked for has ended. */
export const ended = (person: Person, { generation }: { generation: { id: string } }) =>
  generationWhen(person, generation.id);

/** A Parley whose titles the upstream makes, for all tests of a file; `ada` is somebody new in each. */
export function makeTitleRoom() {
  let parley: TestParley;
  let upstream: Upstream;
  let endpoint: string;
  let boss: Person;
  let ada: Person;
  beforeAll(async () => {
    upstream = await startUpstream({ models: ['normal', 'titler'] });
    parley = await startTestParley({}, {}, QUICK_CLOCK);
    boss = await admin(parley.url);
    endpoint = await addUpstream(boss, upstream);
  });
  afterAll(async () => {
    await makeQuiet(parley);
    await parley.close();
    await upstream.close();
  });
  beforeEach(async () => {
    await makeQuiet(parley);
    upstream.requests.length = 0;
    behave(upstream);
    await makeTitles(boss);
    ada = await signUp(parley.url);
  });
  const followUps = async (): Promise<number> =>
    (await parley.services.db.$client.query('SELECT FROM generation_followers')).rowCount!;
  return {
    get parley() {
      return parley;
    },
    get upstream() {
      return upstream;
    },
    get endpoint() {
      return endpoint;
    },
    get boss() {
      return boss;
    },
    get ada() {
      return ada;
    },
    patch: (person: Person, chatId: string, json: object) =>
      person.fetch(`/api/v1/chats/${chatId}`, { method: 'PATCH', json }),
    atEndpoint: (verb: string) =>
      boss.fetch(`/api/v1/admin/endpoints/${endpoint}/${verb}`, { method: 'POST' }),
    setSlots: (slots: number) =>
      boss.fetch(`/api/v1/admin/endpoints/${endpoint}`, { method: 'PATCH', json: { slots } }),
    /** How much still waits to be done when a generation has ended. */
    followUps,
    allFollowed: () => eventually(followUps, (count) => count === 0),
    /** Until the model that makes titles is asked. */
    askedForTitle: () =>
      eventually(
        async () => titleRequests(upstream).length,
        (count) => count > 0,
      ),
  };
}
