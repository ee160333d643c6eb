import { beforeEach, expect, it, vi } from 'vitest';

/** As much of a browser's storage as is used: the keys are properties of it. */
class FakeStorage {
  [key: string]: unknown;
  getItem(key: string) {
    return Object.hasOwn(this, key) ? this[key] : null;
  }
  setItem(key: string, value: string) {
    this[key] = value;
  }
  removeItem(key: string) {
    delete this[key];
  }
}

/** A page that is loaded: its modules begin anew, the browser's storage stays. */
async function load() {
  vi.resetModules();
  return import('./kept.ts');
}

const DAY_MS = 24 * 60 * 60 * 1000;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  vi.stubGlobal('localStorage', new FakeStorage());
  return () => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  };
});

it('shows nobody what is kept for somebody else, and keeps it for them', async () => {
  const adas = await load();
  expect(adas.readText('draft.new')).toBe('');
  adas.belongTo('ada');
  adas.keepText('draft.new', 'of Ada');
  adas.keep('outbox.1', '{}');
  const bens = await load();
  bens.belongTo('ben');
  expect([bens.readText('draft.new'), bens.keptNames('outbox.'), bens.readKept('outbox.1')]).toEqual([
    '',
    [],
    null,
  ]);
  bens.keepText('draft.new', 'of Ben');
  const again = await load();
  again.belongTo('ada');
  expect([again.readText('draft.new'), again.keptNames('outbox.')]).toEqual(['of Ada', ['outbox.1']]);
});

it('leaves a page to its person: what is written in it stays theirs until it is loaded anew', async () => {
  const page = await load();
  expect(page.belongTo('ada')).toBe(true);
  expect(page.belongTo('ben')).toBe(false);
  expect(page.ownerId()).toBe('ada');
  page.keepText('draft.new', 'typed meanwhile');
  const bens = await load();
  bens.belongTo('ben');
  expect(bens.readText('draft.new')).toBe('');
});

it('waits a week for somebody, counted from when they were last here', async () => {
  const adas = await load();
  adas.belongTo('ada');
  adas.keepText('draft.new', 'of Ada');
  for (const days of [6, 12]) {
    vi.setSystemTime(days * DAY_MS);
    (await load()).belongTo('ada');
  }
  vi.setSystemTime(18.9 * DAY_MS);
  (await load()).belongTo('ben');
  expect(JSON.stringify(localStorage)).toContain('of Ada');
  vi.setSystemTime(19.1 * DAY_MS);
  (await load()).belongTo('ben');
  expect(JSON.stringify(localStorage)).not.toContain('of Ada');
});

it('gives what a guest wrote to the account they have become part of, in every tab, and loses nothing of either', async () => {
  const before = await load();
  before.belongTo('ada');
  before.keepText('draft.new', 'of Ada');
  before.keep('model', 'hers');
  const tab = await load();
  tab.belongTo('guest');
  tab.keepText('draft.new', 'of the guest');
  tab.keep('model', 'the guest’s');
  const other = await load();
  other.belongTo('guest');
  const heard = vi.fn();
  tab.whenKeptChanges(heard);
  tab.noteMerged('guest', 'ada');
  expect(tab.belongTo('ada')).toBe(true);
  expect(heard).toHaveBeenCalledOnce();
  expect([tab.readText('draft.new'), tab.readKept('model')]).toEqual(['of Ada\n\nof the guest', 'hers']);
  // Typed in the other tab, before it has heard of it.
  other.keepText('held.c', 'later');
  expect(other.belongTo('ada')).toBe(true);
  expect([other.readText('held.c'), other.readText('draft.new')]).toEqual([
    'later',
    'of Ada\n\nof the guest',
  ]);
  expect(other.belongTo('ben')).toBe(false);
});

it('takes along all that is kept for who leaves, and nothing of others', async () => {
  const adas = await load();
  adas.belongTo('ada');
  adas.keepText('draft.new', 'of Ada');
  const bens = await load();
  bens.belongTo('ben');
  bens.keepText('draft.new', 'of Ben');
  bens.forgetKept();
  expect(JSON.stringify(localStorage)).not.toContain('of Ben');
  expect(JSON.stringify(localStorage)).toContain('of Ada');
});

it('goes on without what the browser refuses to keep', async () => {
  const page = await load();
  page.belongTo('ada');
  vi.spyOn(localStorage, 'setItem').mockImplementation(() => {
    throw new Error('QuotaExceededError');
  });
  expect(() => page.keepText('draft.new', 'long')).not.toThrow();
});
