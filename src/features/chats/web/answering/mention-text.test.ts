import { expect, it } from 'vitest';
import { matching, matchingModels, mentionAt, typedOut, withoutMention } from './mention-text.ts';

const at = (marked: string) => mentionAt(marked.replace('|', ''), marked.indexOf('|'));

it('a name begins with @ at a word’s beginning, and goes on over spaces to the caret', () => {
  expect(at('@|')).toEqual({ from: 0, to: 1, query: '' });
  expect(at('ask @po|et')).toEqual({ from: 4, to: 7, query: 'po' });
  expect(at('line\n@code rev|')).toEqual({ from: 5, to: 14, query: 'code rev' });
});

it('an address, an @ by itself, another line and what stands behind the caret are no names', () => {
  expect(at('ada@example|')).toBeNull();
  expect(at('at @ |')).toBeNull();
  expect(at('@poet\nwrite|')).toBeNull();
  expect(at('|@poet')).toBeNull();
  expect(at(`@${'x'.repeat(61)}|`)).toBeNull();
});

const agents = [{ name: 'Code reviewer' }, { name: 'Poet' }, { name: 'Ёжик' }, { name: 'Poet laureate' }];
const names = (query: string) => matching(agents, query).map(({ name }) => name);

it('agents match by how their names begin, then by a later word, whatever the case', () => {
  expect(names('')).toHaveLength(4);
  expect(names('PO')).toEqual(['Poet', 'Poet laureate']);
  expect(names('re')).toEqual(['Code reviewer']);
  expect(names('code r')).toEqual(['Code reviewer']);
  expect(names('еж')).toEqual(['Ёжик']);
  expect(names('oet')).toEqual([]);
});

const models = [
  { id: 'lm-studio/qwen3-8b', name: 'qwen3-8b' },
  { id: 'openai/gpt-5', name: 'GPT 5' },
  { id: 'scripted/demo', name: 'demo' },
];
const ids = (query: string) => matchingModels(models, query).map(({ id }) => id);

it('models match by how a word of their names or of their endpoints begins', () => {
  expect(ids('')).toHaveLength(3);
  expect(ids('QWEN3-8')).toEqual(['lm-studio/qwen3-8b']);
  expect(ids('8b')).toEqual(['lm-studio/qwen3-8b']);
  expect(ids('gpt 5')).toEqual(['openai/gpt-5']);
  expect(ids('studio')).toEqual(['lm-studio/qwen3-8b']);
  expect(ids('lm-studio/q')).toEqual(['lm-studio/qwen3-8b']);
  expect(ids('ted')).toEqual([]);
  // Not the first place in which it stands, but one at the beginning of a word.
  expect(matchingModels([{ id: 'x/beta-a', name: 'beta-a' }], 'a')).toHaveLength(1);
});

it('a name is typed out when it can mean no other', () => {
  expect(typedOut(agents, 'code reviewer')?.name).toBe('Code reviewer');
  expect(typedOut(agents, 'poet')).toBeNull();
  expect(typedOut(agents, 'code')).toBeNull();
});

it('the text without the name keeps one space, and the caret where the name was', () => {
  const without = (marked: string) => withoutMention(marked.replace('|', ''), at(marked)!);
  expect(without('ask @po| now')).toEqual({ text: 'ask now', caret: 4 });
  expect(without('@poet| write')).toEqual({ text: 'write', caret: 0 });
  expect(without('write @poet|')).toEqual({ text: 'write ', caret: 6 });
});
