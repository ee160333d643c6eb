/** What axe finds on a page. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What of axe is asked for; all of its rules without either, those of good practice as well (landmarks, order of headings). */
type Asked = { readonly rules?: readonly string[]; readonly tags?: readonly string[] };

type Violation = { id: string; nodes: { html: string }[] };
type WithAxe = { axe: { run(root: Document, options: object): Promise<{ violations: Violation[] }> } };

/** The rules that do not hold, each with the elements for which it does not. */
export async function faults(page: Page, { rules, tags }: Asked = {}): Promise<string[]> {
  // The builder puts axe into the page anew for everything it is asked, which takes longer than the asking.
  if (!(await page.evaluate(() => 'axe' in window)))
    await new AxeBuilder({ page }).setLegacyMode(true).withRules('document-title').analyze();
  // What is still fading in has colours that nobody is to read.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY)
        .map(({ finished }) => finished),
    ),
  );
  const values = rules ?? tags;
  const violations = await page.evaluate(
    async (options) => (await (window as unknown as WithAxe).axe.run(document, options)).violations,
    {
      resultTypes: ['violations'],
      ...(values && { runOnly: { type: rules ? 'rule' : 'tag', values: [...values] } }),
    },
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}
