/** Drawing Markdown for an exported page: what becomes of it, and that no text holds it up. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDrawer, type Drawer } from './drawer.ts';

let drawer: Drawer;
beforeAll(() => {
  drawer = createDrawer();
});
afterAll(() => drawer.close());

const words = { footnotes: 'Footnotes', back: 'Back to footnote' };
const draw = (text: string, by = drawer) => by.draw({ text, id: 't', words });

/** Takes the parser seconds, though it is within every bound that is known by a look. */
const ENDLESS = `${'_a_'.repeat(30_000)}b`;

test('Markdown becomes what it stands for, with headings below the name of who said it', async () => {
  const html = await draw(
    '# Plan\n\nSome **bold**, _soft_ and `code`.\n\n### Part\n\n1. one\n2. two\n\n- [x] done\n\n> said\n\n---\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```js\nconst a = 1;\n```',
  );
  for (const part of [
    '<h3 dir="auto" class="heading-1">Plan</h3>',
    '<strong>bold</strong>, <em>soft</em> and <code dir="auto">code</code>',
    '<h4 dir="auto" class="heading-3">Part</h4>',
    '<ol dir="auto">\n<li>one</li>\n<li>two</li>\n</ol>',
    '<li class="task"><label><input type="checkbox" disabled checked> done</label></li>',
    '<p>said</p>',
    '<hr>',
    '<td class="right">2</td>',
    '<span class="c-keyword">const</span>',
  ])
    expect(html).toContain(part);
});

test('a link names its address alone, a picture is a link, and addresses of the page or of scripts are words', async () => {
  const html = await draw(
    '[a](https://a.test/x "t\\"x") ![b](https://b.test/p.png) ![](https://c.test/) [d](javascript:alert(1)) [e](/settings) [f](#g) [h](//evil.test) [i](data:text/html,x) ![j](data:image/svg+xml,x)',
  );
  const addresses = [...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address);
  expect(addresses).toEqual(['https://a.test/x', 'https://b.test/p.png', 'https://c.test/']);
  expect(html.match(/rel="noopener noreferrer nofollow"/g)).toHaveLength(3);
  expect(html).toContain('title="t&quot;x"');
  expect(html).not.toContain('<img');
});

test('HTML, names of languages and words in code stay text', async () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(1)>';
  const html = await draw(
    `${evil}\n\n- ${evil}\n\n\`\`\`js" onload="alert(1)\n${evil}\n\`\`\`\n\n\`${evil}\` $\\text{${evil}}$ [^x${evil}]`,
  );
  expect(html).not.toMatch(/<script|<img|<[^>]* on\w+=/i);
  expect(html.match(/&lt;script&gt;alert\(1\)/g)!.length).toBeGreaterThan(2);
});

test('footnotes stand at the end and lead there and back, and those of two texts are told apart', async () => {
  const text = 'One[^a], again[^a].\n\n[^a]: The **note**.';
  const html = await draw(text);
  expect(html).toContain('One<sup><a id="t-mark-1" href="#t-text-1">1</a></sup>');
  expect(html.match(/id="t-mark-1"/g)).toHaveLength(1);
  expect(html).toContain('<li id="t-text-1" value="1"><p dir="auto">The <strong>note</strong>.</p>');
  expect(html).toContain('href="#t-mark-1" aria-label="Back to footnote 1"');
  expect(await drawer.draw({ text, id: 'u', words })).toContain('id="u-text-1"');
});

test('a formula is set in MathML without a style of its own, and one that is none stays as it is written', async () => {
  const html = await draw('$x^2$ and\n\n$$\n\\frac{a}{\\color{red}b}\n$$\n\n$\\nothing{x}$');
  expect(html).toContain('<msup><mi class="letter">x</mi><mn>2</mn></msup>');
  expect(html).toContain('<mfrac>');
  expect(html).not.toContain('style=');
  expect(html).toContain('<code class="formula" dir="ltr">\\nothing{x}</code>');
});

test('a block that the parser does not come back from is shown as it is written, and all others are drawn', async () => {
  const began = performance.now();
  const html = await draw(`before **it**\n\n${ENDLESS}\n\nafter **it**`);
  expect(performance.now() - began).toBeLessThan(10_000);
  expect(html).toMatch(/before <strong>it<\/strong>.*<div class="text" dir="auto">_a__a_.*after <strong>it/s);
  expect(await draw('the **next**')).toContain('<strong>next</strong>');
});

test('the thread that keeps the page is free while the other one works', async () => {
  const late: number[] = [];
  let before = performance.now();
  const tick = setInterval(() => {
    late.push(performance.now() - before);
    before = performance.now();
  }, 10);
  await draw(ENDLESS);
  clearInterval(tick);
  // A parser on this thread would have let it tick not once.
  expect(late.length).toBeGreaterThan(20);
});

test('who has had enough such threads, or enough time, gets the rest as it is written, in no time', async () => {
  const impatient = createDrawer({ lookedAtMs: 20 });
  for (let text = 0; text < 5; text++) expect(await draw(ENDLESS, impatient)).toContain('class="text"');
  const began = performance.now();
  expect(await draw(`${ENDLESS}\n\n**bold**`, impatient)).toContain('**bold**');
  expect(performance.now() - began).toBeLessThan(100);
  await impatient.close();

  const hasty = createDrawer({ mostMs: 700 });
  expect(await draw('**bold**', hasty)).toContain('<strong>');
  expect(await draw(ENDLESS, hasty)).not.toContain('<em>');
  expect(await draw('**bold**', hasty)).toContain('**bold**');
  await hasty.close();
});
