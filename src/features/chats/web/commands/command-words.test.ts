import { expect, it } from 'vitest';
import { commandIn, meant } from './command-words.ts';

const commands = [
  { id: 'new', name: 'New chat' },
  { id: 'share', name: 'Share…' },
  { id: 'settings', name: 'Settings' },
  { id: 'shortcuts', name: 'Keyboard shortcuts' },
  { id: 'regenerate', name: 'Answer again' },
] as const;
const ids = (text: string) => meant(commands, commandIn(text) ?? 'none').map(({ id }) => id);

it('a command is one line that begins with a slash', () => {
  expect(commandIn('/New')).toBe('new');
  expect(commandIn('/')).toBe('');
  expect(commandIn('say /new')).toBeNull();
  expect(commandIn(' /new')).toBeNull();
  expect(commandIn('/new\nline')).toBeNull();
});

it('commands are found by either language and by the words of their names', () => {
  expect(ids('/')).toHaveLength(5);
  expect(ids('/s')).toEqual(['share', 'settings', 'shortcuts']);
  expect(ids('/SH')).toEqual(['share', 'shortcuts']);
  expect(ids('/нов')).toEqual(['new']);
  expect(ids('/заново')).toEqual(['regenerate']);
  expect(ids('/again')).toEqual(['regenerate']);
  expect(ids('/new chat')).toEqual(['new']);
});

it('what is no command is none: a path, a script, a sentence', () => {
  for (const text of ['/script text="x"', '/sc', '/etc/hosts', '/new approach to this', '//', '/ new'])
    expect([text, ids(text)]).toEqual([text, []]);
});
