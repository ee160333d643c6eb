import { expect, it } from 'vitest';
import { isMeant, seenBy } from './find-settings.ts';

it('a setting is found by the beginnings of its words, whatever their case, accents and dots', () => {
  const text = 'Theme Light or dark. Тема Тёмная';
  expect(['theme', 'DARK th', 'тем', 'темная', 'thème', ''].map((typed) => isMeant(typed, text))).toEqual(
    Array(6).fill(true),
  );
  expect(['heme', 'dark purple', 'язык'].map((typed) => isMeant(typed, text))).toEqual([false, false, false]);
});

it('guests do not see what needs an account, nor members what admins look after; all stand in order', () => {
  const entry = { group: 'account', scope: 'you', find: '', path: '/' } as const;
  const all = [
    { ...entry, id: 'users', order: 30, for: 'admin' },
    { ...entry, id: 'password', order: 20, for: 'account' },
    { ...entry, id: 'theme', order: 10 },
  ] as const;
  const ids = (role: 'admin' | 'member' | 'guest') => seenBy(all, role).map(({ id }) => id);
  expect(ids('guest')).toEqual(['theme']);
  expect(ids('member')).toEqual(['theme', 'password']);
  expect(ids('admin')).toEqual(['theme', 'password', 'users']);
});
