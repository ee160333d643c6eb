/** What the browser stories share: a real Parley on a fresh database, and the words for what people do in it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  expect,
  type Locator,
  type Page,
} from '@playwright/test';
import type { Message } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import { browserCookies, type Person } from '#test/harness/accounts.ts';
import { createTestDatabase } from '#test/harness/database.ts';
import { type ParleyProcess, startParleyProcess } from '#test/harness/process.ts';

export { expect };

type Database = Awaited<ReturnType<typeof createTestDatabase>>;

export type Server = {
  readonly url: string;
  readonly database: Database;
  /** `kill -9`. */
  kill(): Promise<void>;
  /** Starts it again where it was: same address, same data. */
  start(): Promise<void>;
};

type Settings = Record<string, string>;

/** Lends a Parley in a process of its own, on a fresh database; `env` adds to its settings. */
async function lendServer(use: (server: Server) => Promise<void>, env: Settings = {}): Promise<void> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'parley-story-'));
  const settings = { DATABASE_URL: database.url.url, RATE_LIMITS: 'off', ...env };
  let parley: ParleyProcess = await startParleyProcess({ dataDir, env: settings });
  const { url } = parley;
  await use({
    url,
    database,
    kill: () => parley.kill(),
    async start() {
      parley = await startParleyProcess({ dataDir, env: { ...settings, PORT: new URL(url).port } });
    },
  });
  // An end in order would wait for replies that nobody reads any more.
  await parley.kill();
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
}

/** `as`: somebody who is signed in; without, somebody who was never there. */
type Visit = (options?: BrowserContextOptions & { as?: Person }) => Promise<Page>;

type Story = {
  chat: ChatPage;
  complaints: string[];
  /** Opens a page in one more browser, which is closed when the story ends. */
  visit: Visit;
};

/** The time for a start on a busy machine, beside the story's own. */
const SERVER_TIMEOUT_MS = 120_000;

/** Each worker has one Parley; each story comes to it as a browser that was never there. */
export const test = base.extend<Story, { server: Server }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters
    async ({}, use) => lendServer(use),
    { scope: 'worker', timeout: SERVER_TIMEOUT_MS },
  ],
  baseURL: async ({ server }, use) => use(server.url),
  chat: async ({ page }, use) => use(new ChatPage(page)),
  visit: async ({ browser, baseURL }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ as: person, ...options } = {}) => {
      const context = await browser.newContext({ baseURL, ...options });
      contexts.push(context);
      if (person) await context.addCookies(browserCookies(person, baseURL!));
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
  /** Errors of scripts and of the content policy, words that are missing; a story about the page's own faults checks that there are none. */
  complaints: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|Minified React error|MISSING_MESSAGE/.test(message.text()))
        complaints.push(message.text());
    });
    await use(complaints);
  },
});

/** For stories that kill, fill or set up the server: each has a Parley of its own, and all its pages come to that one. */
export const testAlone = test.extend<{ settings: Settings; ownServer: Server }>({
  settings: [{}, { option: true }],
  ownServer: [async ({ settings }, use) => lendServer(use, settings), { timeout: SERVER_TIMEOUT_MS }],
  baseURL: async ({ ownServer }, use) => use(ownServer.url),
});

/** For `expect.poll`, which by itself looks once a second in the end: how soon it looks again, in milliseconds. */
export const OFTEN = { intervals: [50] };

/** A chat as somebody in front of the screen uses it. */
export class ChatPage {
  readonly page: Page;
  readonly composer: Locator;
  readonly replies: Locator;
  readonly own: Locator;
  readonly list: Locator;

  constructor(page: Page) {
    this.page = page;
    this.composer = page.getByRole('textbox', { name: 'Message', exact: true });
    this.replies = page.locator('[data-role="assistant"]');
    this.own = page.locator('[data-role="user"]');
    this.list = page.getByRole('navigation', { name: 'Your chats' });
  }

  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await expect(this.composer).toBeVisible();
  }

  /** Types and presses Enter; the first message waits for its chat's address. */
  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    await expect(this.page).toHaveURL(/\/c\//);
  }

  get reply(): Locator {
    return this.replies.last();
  }

  /** The words of the last reply as they are drawn, without what surrounds them. */
  async words(): Promise<string> {
    // Stored text is not shown before all of it that is in sight can be drawn.
    await expect(this.page.getByTestId('messages').locator('.invisible, .at-once')).toHaveCount(0);
    return this.reply
      .locator('.markdown')
      .last()
      .evaluate(async (drawn: HTMLElement) => {
        // What is laid out near the screen alone from now on (content-visibility) has no words before the next frame.
        for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
        // biome-ignore lint/performance/useDomNodeTextContent: between blocks there must be a break
        return drawn.innerText;
      });
  }

  async hasState(state: string, timeout = 30_000): Promise<void> {
    const stateOfLast = () => this.replies.evaluateAll((all) => all.at(-1)?.getAttribute('data-state'));
    // While the page is being loaded there is none to ask.
    await expect.poll(() => stateOfLast().catch(() => undefined), { timeout, ...OFTEN }).toBe(state);
  }

  /** Waits until so many characters of the reply can be read. */
  async hasWritten(characters: number): Promise<void> {
    await expect
      .poll(async () => ((await this.reply.locator('.markdown').count()) ? (await this.words()).length : 0), {
        timeout: 30_000,
        ...OFTEN,
      })
      .toBeGreaterThan(characters);
  }

  get chatId(): string {
    return new URL(this.page.url()).pathname.split('/').at(-1)!;
  }

  /** The messages of the shown branch as the server has stored them. */
  async storedMessages(): Promise<Message[]> {
    const answer = await this.page.request.get(`/api/v1/chats/${this.chatId}/messages`);
    return ((await answer.json()) as { items: Message[] }).items;
  }

  /** The text of the last one. */
  async storedText(): Promise<string> {
    return textOf((await this.storedMessages()).at(-1)!.content);
  }
}

/**
 * Waits until the page has come to rest: what could have been started by now has had its turn, animations that end have
 * ended, and nothing in sight has moved for a while.
 */
export async function atRest(page: Page): Promise<void> {
  await page.evaluate(async (frames) => {
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(ending.map((animation) => animation.finished));
    const places = () =>
      [...document.querySelectorAll('main, [data-message]')]
        .map((element) => element.getBoundingClientRect())
        .map(({ y, height }) => `${y} ${height}`)
        .join();
    let before = '';
    for (let same = 0; same < frames; ) {
      await new Promise(requestAnimationFrame);
      const now = places();
      same = now === before ? same + 1 : 0;
      before = now;
    }
    // A picture that fails is the slowest way to run something; this one was asked for last.
    await new Promise((resolve) => {
      const picture = new Image();
      picture.onload = resolve;
      picture.onerror = resolve;
      picture.src = `/not-a-picture?${Math.random()}`;
    });
  }, FRAMES_AT_REST);
}

/** A fifth of a second where frames come as they should. */
const FRAMES_AT_REST = 12;

/** Text without the differences that drawing makes. */
export const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();
