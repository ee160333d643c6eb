/** How long the page has been parsing without a break; one for the page. */
export class TimeLeft {
  #since: number | null = null;

  /** Whether less than so many milliseconds of this task have gone by since it was first asked. */
  within(ms: number): boolean {
    const now = performance.now();
    if (this.#since === null) {
      this.#since = now;
      setTimeout(() => {
        this.#since = null;
      });
    }
    return now - this.#since < ms;
  }
}

/** What parses on the page shares this time. */
export const timeLeft = new TimeLeft();
