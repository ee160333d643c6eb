/** Every state the chat page can be in, and how to bring it there. */
import type { Page } from '@playwright/test';
import type { Stage } from './stage.ts';

const FAIR = 'What is the fairest way to share one model among many people?';
const BRIDGE = 'Explain how a suspension bridge carries its load, as if I were twelve';

/** Called with an open, empty page; answers with what is to be undone after the picture. */
type State = (page: Page, stage: Stage) => Promise<(() => Promise<void>) | undefined>;

const send = async (page: Page, text: string): Promise<void> => {
  await page.locator('[data-composer]').fill(text);
  await page.locator('form button[type=submit]').click();
};
const reached = (page: Page, state: string) =>
  page.locator(`[data-role=assistant][data-state=${state}]`).waitFor({ timeout: 60_000 });
const wrote = (page: Page, characters: number) =>
  page.waitForFunction(
    (least) => (document.querySelector('[data-role=assistant] .markdown')?.textContent ?? '').length > least,
    characters,
    { timeout: 60_000 },
  );
const toStart = (page: Page) =>
  page.getByTestId('messages').evaluate((box) => box.scrollTo({ top: 0, behavior: 'instant' }));

export const STATES: Record<string, State> = {
  async empty() {
    return undefined;
  },
  async waiting(page, stage) {
    const leave: (() => Promise<void>)[] = [];
    for (let person = 0; person < 4; person++) leave.push(await stage.standInLine());
    await send(page, FAIR);
    await page.getByTestId('the-line').waitFor({ timeout: 60_000 });
    leave.push(await stage.standInLine(), await stage.standInLine());
    await page.waitForTimeout(1500);
    return async () => {
      for (const cancel of leave) await cancel();
      await reached(page, 'completed');
    };
  },
  async streaming(page) {
    await send(page, BRIDGE);
    await wrote(page, 420);
    return undefined;
  },
  async 'code and table'(page) {
    await send(page, FAIR);
    await reached(page, 'completed');
    await page.locator('.hl-keyword').first().waitFor();
    if ((page.viewportSize()?.width ?? 0) > 1400) await toStart(page);
    return undefined;
  },
  async stopped(page) {
    await send(page, BRIDGE);
    await wrote(page, 300);
    await page.keyboard.press('Escape');
    await reached(page, 'cancelled');
    return undefined;
  },
  async failed(page) {
    await send(page, 'Why is my build broken?');
    await reached(page, 'failed');
    return undefined;
  },
  async offline(page) {
    await page.context().setOffline(true);
    await send(page, 'Are you still there?');
    await page.getByRole('alert').waitFor();
    await page.waitForTimeout(1500);
    return async () => {
      await page.context().setOffline(false);
      await reached(page, 'completed');
    };
  },
};
