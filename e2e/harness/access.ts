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

/**
 * What reaches out of the screen at its sides, or makes a part of the page scroll sideways. Code and tables do that by
 * themselves; what ends in an ellipsis is cut on purpose.
 */
export const stickingOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const onPurpose = 'pre, .table-scroll, .sr-only, .skip-link, [aria-hidden="true"] > *';
    const parts = [...document.querySelectorAll<HTMLElement>('html, body *')].filter(
      (part) => part.checkVisibility() && !part.closest(onPurpose),
    );
    const isCut = (part: Element | null): boolean =>
      part !== null && (getComputedStyle(part).textOverflow === 'ellipsis' || isCut(part.parentElement));
    const scrolls = (part: HTMLElement) =>
      part.scrollWidth > part.clientWidth + 1 &&
      (part === document.documentElement || /auto|scroll/.test(getComputedStyle(part).overflowX));
    const leaves = (part: HTMLElement) => {
      const { left, right, width, height } = part.getBoundingClientRect();
      return width > 0 && height > 0 && (left < -1 || right > innerWidth + 1) && !isCut(part.parentElement);
    };
    return parts
      .filter((part) => scrolls(part) || leaves(part))
      .map((part) => `${part.tagName} ${part.getAttribute('aria-label') ?? part.textContent?.slice(0, 40)}`);
  });

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
