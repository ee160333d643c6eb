/**
 * `npm run screenshots`: the README's pictures, and a sheet of all states of the chat page in both themes at three
 * widths, under `docs/screenshots/`. Look at each of them after a change of the page. A word after it
 * (`npm run screenshots -- 390`) makes only those whose name has it.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import { browserCookies } from '#test/harness/accounts.ts';
import { findBrowser } from '#test/harness/browser.ts';
import { type Stage, setStage } from './stage.ts';
import { STATES } from './states.ts';
import { WORKSPACE } from './workspace.ts';

const FOLDER = fileURLToPath(new URL('../../docs/screenshots/', import.meta.url));
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1440, height: 900, drawn: 720 },
  { width: 768, height: 1024, drawn: 480 },
  { width: 390, height: 844, drawn: 320 },
];
const only = process.argv[2] ?? '';
type Size = (typeof SIZES)[number];
type Look = { theme: (typeof THEMES)[number]; size: Size; scale?: number; locale?: string };

/** A browser of the administrator's, at the empty page. */
async function open(
  browser: Browser,
  stage: Stage,
  { theme, size, scale = 1, locale = 'en-GB' }: Look,
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    baseURL: stage.url,
    colorScheme: theme,
    locale,
    viewport: size,
    deviceScaleFactor: scale,
    hasTouch: size.width < 500,
    isMobile: size.width < 500,
    reducedMotion: 'reduce',
  });
  await context.addCookies(browserCookies(stage.admin, stage.url));
  const page = await context.newPage();
  await page.goto('/');
  await page.locator('[data-composer]').waitFor();
  await page.waitForTimeout(700);
  return page;
}

/** One state as a picture; the chat it made is deleted, so that the next picture has the same list. */
async function take(browser: Browser, stage: Stage, state: string, look: Look): Promise<Buffer> {
  const page = await open(browser, stage, look);
  const undo = await { ...STATES, ...WORKSPACE }[state]!(page, stage);
  await page.waitForTimeout(500);
  const picture = await page.screenshot();
  await undo?.();
  const chatId = /\/c\/([\w-]+)/.exec(page.url())?.[1];
  if (chatId) await page.request.delete(`/api/v1/chats/${chatId}`);
  await page.context().close();
  return picture;
}

/** All states of one look, with their names, on one sheet. */
async function sheet(browser: Browser, stage: Stage, look: Look): Promise<void> {
  const { theme, size } = look;
  const figures: string[] = [];
  for (const state of Object.keys(STATES)) {
    const picture = await take(browser, stage, state, look);
    figures.push(
      `<figure><figcaption>${state}</figcaption><img src="data:image/png;base64,${picture.toString('base64')}"></figure>`,
    );
  }
  const columns = size.width > 1000 ? 2 : 4;
  const page = await browser.newPage({ viewport: { width: columns * (size.drawn + 24) + 24, height: 600 } });
  const [paper, ink] = theme === 'light' ? ['#e9e7e3', '#3a3733'] : ['#0d0b0a', '#c9c5bf'];
  await page.setContent(`<style>
    body { margin: 24px; background: ${paper}; color: ${ink}; font: 15px system-ui, sans-serif;
           display: grid; grid-template-columns: repeat(${columns}, ${size.drawn}px); gap: 24px }
    figure { margin: 0 } figcaption { margin-bottom: 8px } img { width: 100%; border-radius: 8px; display: block }
  </style>${figures.join('')}`);
  await page.waitForTimeout(300);
  const bytes = await page.screenshot({ fullPage: true });
  await writeFile(`${FOLDER}states-${size.width}-${theme}.png`, bytes);
  await page.close();
}

await mkdir(FOLDER, { recursive: true });
const found = await findBrowser();
const browser = await chromium.launch({
  executablePath: found.path,
  env: { ...(process.env as Record<string, string>), ...found.environment },
});
const stage = await setStage();
try {
  const wide: Size = { width: 1280, height: 860, drawn: 0 };
  const phone: Size = SIZES[2]!;
  const single: [name: string, state: string, look: Look][] = [
    ['chat', 'code and table', { theme: 'light', size: wide }],
    ['chat-dark', 'streaming', { theme: 'dark', size: wide }],
    ['line', 'waiting', { theme: 'light', size: wide }],
    ['phone', 'waiting', { theme: 'dark', size: phone }],
    ['russian', 'empty', { theme: 'light', size: wide, locale: 'ru-RU' }],
    ['project', 'project', { theme: 'light', size: wide }],
    ['agents', 'agents', { theme: 'light', size: wide }],
    ['settings', 'settings', { theme: 'light', size: wide }],
    ['compare', 'compare', { theme: 'dark', size: wide }],
  ];
  for (const [name, state, look] of single.filter(([name]) => name.includes(only)))
    await writeFile(`${FOLDER}${name}.png`, await take(browser, stage, state, look));
  for (const size of SIZES)
    for (const theme of THEMES)
      if (`states-${size.width}-${theme}`.includes(only)) await sheet(browser, stage, { theme, size });
  console.log(`The pictures are in ${FOLDER}`);
} finally {
  await browser.close();
  await stage.close();
}
