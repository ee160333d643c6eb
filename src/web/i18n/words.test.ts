import { beforeAll, expect, it, vi } from 'vitest';
import { fetchFirstWords } from './i18n.tsx';
import { fetchWords, mergeWords, type Words } from './words.ts';

beforeAll(() => {
  // The server answers; only the file is not there.
  vi.stubGlobal('fetch', async () => new Response());
  return () => vi.unstubAllGlobals();
});

const file = (text: string) => ({ default: { usage: { title: text } } });

it('puts words of several rooms together, also where they share a namespace', () => {
  const merged = mergeWords([
    { nav: { usage: 'Usage' } },
    { nav: { keys: 'Keys' }, keys: { title: 'Keys' } },
  ]);
  expect(merged).toEqual({ nav: { usage: 'Usage', keys: 'Keys' }, keys: { title: 'Keys' } });
});

it('fetches words of a language once, and answers with the same promise', async () => {
  let fetches = 0;
  const room = {
    en: async () => file('Usage'),
    ru: async () => {
      fetches++;
      return file('Расход');
    },
  };
  const going = fetchWords(room, 'ru');
  expect(fetchWords(room, 'ru')).toBe(going);
  expect(await going).toEqual({ usage: { title: 'Расход' } });
  expect(fetches).toBe(1);
});

it('shows English where Russian cannot be fetched, and fails where English cannot', async () => {
  const room = { en: async () => file('Usage'), ru: () => Promise.reject(new Error('offline')) };
  expect(await fetchWords(room, 'ru')).toEqual({ usage: { title: 'Usage' } });
  const none = {
    en: () => Promise.reject(new Error('offline')),
    ru: () => Promise.reject(new Error('offline')),
  };
  await expect(fetchWords(none, 'ru')).rejects.toThrow('offline');
});

it('begins with the words of all rooms in one language, in English where Russian cannot be fetched', async () => {
  const all = (...rooms: Words[]) => ({ default: rooms });
  const keys: Words = { nav: { keys: 'Keys' } };
  const en = async () => all({ usage: { title: 'Usage' } }, keys);
  const ru = async () => all({ usage: { title: 'Расход' } });
  expect(await fetchFirstWords({ en, ru }, 'ru')).toEqual({
    language: 'ru',
    messages: { usage: { title: 'Расход' } },
  });
  const offline = () => Promise.reject(new Error('offline'));
  expect(await fetchFirstWords({ en, ru: offline }, 'ru')).toEqual({
    language: 'ru',
    messages: { usage: { title: 'Usage' }, ...keys },
  });
  await expect(fetchFirstWords({ en: offline, ru: offline }, 'en')).rejects.toThrow('offline');
});
