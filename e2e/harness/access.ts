/** What stories about access share: moving between pages without loading anew, and what is seen of them. */
import type { Page } from '@playwright/test';
import { expect } from './story.ts';

/** Whether some part of the page has to be scrolled sideways. */
export const scrollsSideways = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('html, header, nav, main > div')].some(
      (part) => part.scrollWidth > part.clientWidth + 1,
    ),
  );

/** Goes to a page without loading anything anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path);
  await isDrawn(page);
}

async function isDrawn(page: Page): Promise<void> {
  await expect(page.locator('main h1').locator('visible=true')).toHaveCount(1);
  await expect(page.locator('main [aria-hidden].animate-breathe')).toHaveCount(0);
}

/** The tag of what has the focus; `BODY`: nothing has. */
export const focused = (page: Page) => page.evaluate(() => document.activeElement?.tagName ?? 'none');
