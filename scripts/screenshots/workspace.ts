/** What several people share and what replies are made with, as pictures. */
import type { Page } from '@playwright/test';
import type { Stage } from './stage.ts';

const QUESTION = 'What carries the load of a suspension bridge?';

/** Sends what the API takes as a first message, and goes to its chat once everything is written. */
async function say(page: Page, chat: object, message: object): Promise<void> {
  const answer = await page.request.post('/api/v1/messages', { data: { chat, message } });
  const { message: sent } = (await answer.json()) as { message: { chatId: string } };
  await page.goto(`/c/${sent.chatId}`);
  await page.locator('[data-role=assistant][data-state=completed]').first().waitFor({ timeout: 60_000 });
}

/** Called with an open, empty page. */
export const WORKSPACE: Record<string, (page: Page, stage: Stage) => Promise<undefined>> = {
  async project(page, { projectId }) {
    await page.goto(`/projects/${projectId}`);
    await page.getByRole('list', { name: 'Chats of this project' }).getByRole('link').first().waitFor();
    return undefined;
  },
  async agents(page) {
    await page.getByRole('button', { name: /^Patient tutor/ }).click();
    await page.getByText('Help me understand derivatives').waitFor();
    return undefined;
  },
  async settings(page, { projectId }) {
    await say(page, { projectId }, { content: QUESTION });
    await page.locator('header').getByRole('button', { name: 'Chat actions' }).click();
    await page.getByRole('menuitem', { name: 'Settings' }).click();
    await page.getByRole('complementary').getByText('0.2 · from the project').waitFor();
    return undefined;
  },
  async compare(page) {
    const modelIds = ['studio/qwen3-14b', 'studio/llama-3.3-70b', 'studio/mistral-small-3.2'];
    await say(page, { title: 'What carries the load' }, { content: QUESTION, modelIds });
    await page.getByRole('button', { name: 'I prefer this' }).first().waitFor({ timeout: 60_000 });
    return undefined;
  },
};
