/** From a click on ‹ or › to another branch that is painted, in a real browser, in a chat of 10,000 messages with 500 branches. */
import { randomUUID } from 'node:crypto';
import { chromium, type Page } from '@playwright/test';
import type { Database } from '#platform/database/database.ts';
import { browserCookies, guest } from '../test/harness/accounts.ts';
import { findBrowser } from '../test/harness/browser.ts';
import { printTimings, quantile, withParley } from './bench.ts';

const MESSAGES = 10_000;
const BRANCHES = 500;
const SAMPLES = 60;
const WARM_UP = 6;

await withParley(async ({ url, services }) => {
  const person = await guest(url);
  const small = await makeChat(services.db, person.userId, 20, 2);
  const large = await makeChat(services.db, person.userId, MESSAGES, BRANCHES);
  const { path, environment } = await findBrowser();
  const browser = await chromium.launch({
    executablePath: path,
    env: { ...(process.env as Record<string, string>), ...environment },
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    await context.addCookies(browserCookies(person, url));
    const page = await context.newPage();
    const timings = {
      '20 messages, 2 branches': await measure(page, `${url}/c/${small}`),
      '10,000 messages, 500 branches': await measure(page, `${url}/c/${large}`),
    };
    printTimings('From the click to the other branch painted', timings);
  } finally {
    await browser.close();
  }
});

async function measure(page: Page, address: string): Promise<{ p50: number; p95: number }> {
  await page.goto(address);
  await page.locator('fieldset button:enabled').last().waitFor();
  const times: number[] = [];
  for (let n = -WARM_UP; n < SAMPLES; n++) {
    const ms = await page.evaluate(switchOnce);
    if (n >= 0) times.push(ms);
    // What is read again after a switch is not part of the next one.
    await page.waitForTimeout(150);
  }
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** Runs in the page: clicks the last pager that can move, and waits until its place is another one and that is on the screen. */
function switchOnce(): Promise<number> {
  const pagers = () =>
    [...document.querySelectorAll('fieldset')].filter((one) => /\d+\/\d+/.test(one.textContent ?? ''));
  const place = () => pagers().at(-1)?.textContent ?? '';
  const before = place();
  const buttons = [...pagers().at(-1)!.querySelectorAll('button')].filter((button) => !button.disabled);
  const startedAt = performance.now();
  buttons[0]!.click();
  return new Promise((resolve, reject) => {
    const look = () => {
      if (performance.now() - startedAt > 10_000) return reject(new Error('the branch did not change'));
      if (place() === before) return requestAnimationFrame(look);
      // The frame in which it changed has been painted when the next one begins.
      requestAnimationFrame(() => resolve(performance.now() - startedAt));
    };
    look();
  });
}

/** One branch of questions and answers; its last question stands beside others, each with an answer. */
async function makeChat(db: Database, userId: string, messages: number, branches: number): Promise<string> {
  const along = messages - 2 * branches;
  const ids = Array.from({ length: messages }, () => randomUUID());
  const parents = ids.map((_, index) => {
    if (index === 0) return null;
    if (index < along) return ids[index - 1]!;
    return (index - along) % 2 === 0 ? ids[along - 1]! : ids[index - 1]!;
  });
  const chatId = randomUUID();
  await db.$client.query('INSERT INTO chats (id, user_id, title, leaf_message_id) VALUES ($1, $2, $3, $4)', [
    chatId,
    userId,
    'A long chat',
    ids.at(-1),
  ]);
  await db.$client.query(
    `INSERT INTO messages (id, chat_id, parent_id, role, content)
     SELECT id, $1, parent, CASE WHEN n % 2 = 1 THEN 'user' ELSE 'assistant' END,
       jsonb_build_array(jsonb_build_object('type', 'text', 'text', 'Message ' || n || ' ' || repeat('words and words ', 40)))
     FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS m(id, parent, n)`,
    [chatId, ids, parents],
  );
  return chatId;
}
