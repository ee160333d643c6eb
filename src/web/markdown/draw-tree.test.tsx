import { renderToString } from 'react-dom/server';
import { IntlProvider } from 'use-intl';
import { expect, it } from 'vitest';
import words from '../words/first.en.json' with { type: 'json' };
import { drawTree } from './draw-tree.tsx';
import { parseBlock } from './parse/parse-block.ts';
import { openHeadings } from './text/headings.ts';
import { outline } from './text/outline.ts';

/** The headings of a text as they are drawn: what each is on the page, what it looks like, its words. */
function headings(text: string): string[] {
  const { blocks } = outline(text);
  const open = openHeadings(blocks);
  const html = renderToString(
    <IntlProvider locale="en" messages={words as never} timeZone="UTC">
      {blocks.map((block, index) => drawTree(parseBlock(block.text)!, open[index]!))}
    </IntlProvider>,
  );
  return [...html.matchAll(/<(h\d)[^>]* class="heading-(\d)">([^<]*)/g)].map((found) =>
    found.slice(1).join(' '),
  );
}

it('draws headings two levels lower than they are in the text, the lowest at most, and as they look there', () => {
  expect(headings('# A\n\nwords\n\n## B\n### C\n\n#### D\n\n##### E\n\n###### F\n\n## G\n\n# H')).toEqual([
    'h3 1 A',
    'h4 2 B',
    'h5 3 C',
    'h6 4 D',
    'h6 5 E',
    'h6 6 F',
    'h4 2 G',
    'h3 1 H',
  ]);
});

it('leaves out no level of the page where a text does', () => {
  expect(headings('## First\n\n#### Deep\n\n## Second\n\n# Top\n\n### Under it')).toEqual([
    'h3 2 First',
    'h4 4 Deep',
    'h3 2 Second',
    'h3 1 Top',
    'h4 3 Under it',
  ]);
  expect(headings('Title\n=====\n\nPart\n---\n\nwords\n\n---\n\n### Detail')).toEqual([
    'h3 1 Title',
    'h4 2 Part',
    'h5 3 Detail',
  ]);
});

it('knows headings from what only looks like one, and those of lists and quotes from those of the text', () => {
  expect(headings('## A\n\n```sh\n# no heading\n```\n\n- # in a list\n\n#hashtag\n\n### B')).toEqual([
    'h3 2 A',
    'h3 1 in a list',
    'h4 3 B',
  ]);
  expect(headings('1. so:\n   ```sh\n   # no heading\n   ```\n\n## A')).toEqual(['h3 2 A']);
  expect(headings('> # quoted\n> ## below\n\n## A')).toEqual(['h3 1 quoted', 'h4 2 below', 'h3 2 A']);
});
