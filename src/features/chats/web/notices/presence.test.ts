import { expect, it } from 'vitest';
import { isLookedAt, type Tabs, tellingTab } from './presence.ts';

const tab = (chatId: string | null, visible: boolean, touchedAt: number) => ({
  chatId,
  visible,
  touchedAt,
  at: 0,
});

it('a chat is looked at in a tab that is in front, and not in one behind others', () => {
  const tabs: Tabs = { one: tab('rivers', true, 1), two: tab('lakes', false, 2) };
  expect([isLookedAt(tabs, 'rivers'), isLookedAt(tabs, 'lakes'), isLookedAt({}, 'lakes')]).toEqual([
    true,
    false,
    false,
  ]);
});

it.each<[string, Tabs, string]>([
  ['the one in front', { one: tab(null, true, 1), two: tab(null, false, 9) }, 'one'],
  ['of those in front the one used last', { one: tab(null, true, 5), two: tab(null, true, 4) }, 'one'],
  ['of those behind others the one used last', { one: tab(null, false, 4), two: tab(null, false, 5) }, 'two'],
  [
    'one of two alike, in whatever order they are read',
    { two: tab(null, true, 1), one: tab(null, true, 1) },
    'two',
  ],
])('the tab that tells is %s', (_, tabs, id) => {
  expect(tellingTab(tabs)).toBe(id);
});
