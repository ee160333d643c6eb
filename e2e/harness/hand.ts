import type { Locator, Page } from '@playwright/test';

/** What a task took of somebody's hands. A text counts once, however long: it is the same everywhere. */
export type Effort = { clicks: number; texts: number; keys: number };

/** Does what a person does, and counts it. Finding the way with the eyes is not counted. */
export class Hand {
  readonly effort: Effort = { clicks: 0, texts: 0, keys: 0 };
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async click(what: Locator): Promise<void> {
    this.effort.clicks++;
    await what.click();
  }

  /** Types a text where the cursor is to be already; a field that has to be clicked first costs that click. */
  async write(text: string): Promise<void> {
    this.effort.texts++;
    await this.#page.keyboard.insertText(text);
  }

  /** A key, or several pressed together. */
  async press(keys: string): Promise<void> {
    this.effort.keys++;
    await this.#page.keyboard.press(keys);
  }

  /** Chooses a file in the window of the system, which is the same everywhere: only the click that opens it counts. */
  async chooseFile(what: Locator, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const asked = this.#page.waitForEvent('filechooser');
    await this.click(what);
    await (await asked).setFiles(file);
  }
}
