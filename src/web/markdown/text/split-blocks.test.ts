import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as cut from './split-blocks.ts';

const splitBlocks = (text: string): string[] => cut.splitBlocks(text).map((piece) => piece.text);

describe('splitting Markdown into blocks', () => {
  it('cuts at blank lines', () => {
    expect(splitBlocks('One.\n\nTwo\nstill two.\n\n\n## Three').map((block) => block.trim())).toEqual([
      'One.',
      'Two\nstill two.',
      '## Three',
    ]);
  });

  it('keeps a fence whole, blank lines and all, also while it is open', () => {
    expect(splitBlocks('Look:\n```py\na = 1\n\nb = 2\n```\nDone.')).toEqual([
      'Look:',
      '```py\na = 1\n\nb = 2\n```',
      'Done.',
    ]);
    expect(splitBlocks('```\na\n\nb')).toEqual(['```\na\n\nb']);
    expect(splitBlocks('````\n```\n\n```\n````\n\nx').length).toBe(2);
  });

  it('keeps a loose list whole, with what belongs to its items', () => {
    const list = '1. one\n\n   more of one\n\n2. two\n\n   ```js\n   x\n\n   y\n   ```\n\n3. three';
    expect(splitBlocks(`${list}\n\nAfter.`).map((block) => block.trim())).toEqual([list, 'After.']);
  });

  it('does not take inline code for a fence', () => {
    expect(splitBlocks('```not a fence``` here\n\nnext').length).toBe(2);
  });

  it('loses nothing but blank lines, whatever the text', () => {
    const line = fc.constantFrom(
      'a',
      '- b',
      '  c',
      '```',
      '```js',
      '~~~',
      '',
      '',
      '1. d',
      '> e',
      '| f |',
      '    g',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const joined = splitBlocks(lines.join('\n')).join('\n').replace(/\n+/g, '\n').trim();
        expect(joined).toBe(lines.join('\n').replace(/\n+/g, '\n').trim());
      }),
    );
  });

  it('changes only the last block while the text grows at its end', () => {
    const text =
      '# Title\n\nA paragraph.\n\n```ts\nconst a = 1;\n\nconst b = 2;\n```\n\n- one\n- two\n\nThe end.';
    let before: string[] = [];
    for (let length = 1; length <= text.length; length++) {
      const blocks = splitBlocks(text.slice(0, length));
      const settled = before.slice(0, -1);
      expect(blocks.slice(0, settled.length).map((block) => block.trimEnd())).toEqual(
        settled.map((block) => block.trimEnd()),
      );
      before = blocks;
    }
  });
});
