/** Milliseconds that a formula waits for its letters; then they come when they come. */
const MOST_MS = 1500;

let fetching: Promise<void> | null = null;

/** Fetches how formulas look, and the letters that most of them have, with the first of them. */
export function fetchMathStyles(): Promise<void> {
  fetching ??= import('./math-sheet.ts').then(
    () =>
      Promise.race([
        Promise.allSettled(['KaTeX_Main', 'italic KaTeX_Math'].map(load)),
        new Promise((go) => setTimeout(go, MOST_MS)),
      ]).then(() => {}),
    () => {
      // Without them formulas can be read all the same; the next text tries again.
      fetching = null;
    },
  );
  return fetching;
}

const load = (font: string) => document.fonts.load(font.replace(/(\S+)$/, '1em $1'));
