import { beforeEach, expect, it, vi } from 'vitest';

const storage = new Map<string, string>();
const setItem = vi.fn((key: string, value: string) => void storage.set(key, value));

/** The preferences of a page that is loaded now. */
async function load() {
  vi.resetModules();
  return import('./preferences.ts');
}

beforeEach(() => {
  storage.clear();
  setItem.mockClear();
  vi.stubGlobal('localStorage', { getItem: (key: string) => storage.get(key) ?? null, setItem });
  return () => vi.unstubAllGlobals();
});

it('remembers what was changed, where theme.js looks for it, and takes the rest from the defaults', async () => {
  const first = await load();
  first.setPreferences({ theme: 'dark', language: 'ru' });
  expect(first.usePreferences.getState()).toMatchObject({ theme: 'dark', sidebarOpen: true });
  expect(JSON.parse(storage.get('parley.preferences')!).state).toMatchObject({
    theme: 'dark',
    language: 'ru',
  });
  const next = await load();
  expect(next.usePreferences.getState()).toEqual(first.usePreferences.getState());
});

it('reads what it wrote before it knew of more', async () => {
  storage.set('parley.preferences', '{"state":{"theme":"light"},"version":0}');
  const { usePreferences } = await load();
  expect(usePreferences.getState()).toMatchObject({ theme: 'light', sendKey: 'enter', thoughtsOpen: null });
});

it('begins with the defaults where the storage is refused or holds something else, and goes on where it is full', async () => {
  storage.set('parley.preferences', 'no JSON');
  expect((await load()).usePreferences.getState().theme).toBe('system');
  storage.set('parley.preferences', 'null');
  const page = await load();
  expect(page.usePreferences.getState().theme).toBe('system');
  setItem.mockImplementationOnce(() => {
    throw new Error('QuotaExceededError');
  });
  page.setPreferences({ theme: 'dark' });
  expect(page.usePreferences.getState().theme).toBe('dark');
  vi.stubGlobal('localStorage', undefined);
  expect((await load()).usePreferences.getState().theme).toBe('system');
});
