import { expect, it } from 'vitest';
import { parseBlock } from '../parse/parse-block.ts';
import { readFence } from './read-fence.ts';

const FENCES = [
  '```js\nconst a = 1;\n\nconst b = 2;\n```',
  '\n\n```\nplain\n```',
  '~~~py extra words\nx\n~~~',
  '````md\n```\ninner\n```\n````',
  '   ```sh\n   indented\n     more\n ```',
  '```\n    ```\nnot the end\n```  ',
  '```\n```',
  '``` c++ \n\n\ntwo blank lines before\n\n```\n\n',
  '```ts\nnever closed',
];

it.each(FENCES)('reads what the parser reads: %j', (block) => {
  const { code, language } = readFence(block)!;
  expect(parseBlock(block)).toEqual({
    tag: 'root',
    children: [{ tag: 'pre', code, language, children: [] }],
  });
});

it.each([
  'text',
  '```not a fence``` here',
  'a\n```\nb\n```',
  '```\na\n```\nafter',
  '```&amp;\nx\n```',
  '    ```\n    x',
])('leaves %j to the parser', (block) => expect(readFence(block)).toBeNull());

it('does not show half of the closing mark', () => {
  expect(readFence('```js\na\n``')).toEqual({ code: 'a', language: 'js', closed: false });
  expect(readFence('```js\na\n```')).toEqual({ code: 'a', language: 'js', closed: true });
});
