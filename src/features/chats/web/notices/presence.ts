/**
 * Which tabs of this browser show which chat, so that one of them tells of a reply, and none where somebody looks at it. Each tab
 * notes itself in the storage that all of them share, under its owner; what a tab that broke off has left is too old soon.
 */
import { keep, keptNames, readKept } from '#web/kept/kept.ts';

/** What a tab notes; times in milliseconds. */
type Tab = {
  /** The chat that is open in it. */
  chatId: string | null;
  /** It is in front in its window. */
  visible: boolean;
  /** When somebody last did something in it. */
  touchedAt: number;
  /** When this was noted. */
  at: number;
};
export type Tabs = Readonly<Record<string, Tab>>;

const PREFIX = 'tab.';
/** Browsers let what is hidden do something once a minute. */
const NOTED_MS = 30_000;
const GONE_MS = 150_000;

const ownId = crypto.randomUUID?.() ?? String(Math.random());
let own: Tab = { chatId: null, visible: false, touchedAt: Date.now(), at: 0 };

/** Notes something about this tab. */
function note(changes: Partial<Tab>): void {
  own = { ...own, ...changes, at: Date.now() };
  keep(PREFIX + ownId, JSON.stringify(own));
}

/** Notes where this tab is. */
export const noteChat = (chatId: string | null): void => note({ chatId, touchedAt: Date.now() });

/** All tabs that are there, by their ids; this one is up to date. */
export function allTabs(): Tabs {
  const tabs: Record<string, Tab> = {};
  for (const name of keptNames(PREFIX)) {
    const tab = parse(readKept(name));
    if (tab && tab.at > Date.now() - GONE_MS) tabs[name.slice(PREFIX.length)] = tab;
    else keep(name, null);
  }
  return { ...tabs, [ownId]: own };
}

/** Whether some tab shows the chat to somebody. */
export const isLookedAt = (tabs: Tabs, chatId: string): boolean =>
  Object.values(tabs).some((tab) => tab.visible && tab.chatId === chatId);

/** The tab that tells: one that is in front, of those the one used last. Every tab comes to the same. */
export function tellingTab(tabs: Tabs): string | undefined {
  const order = ([id, { visible, touchedAt }]: [string, Tab]): [number, number, string] => [
    Number(visible),
    touchedAt,
    id,
  ];
  const last = Object.entries(tabs)
    .map(order)
    .toSorted((one, other) => one[0] - other[0] || one[1] - other[1] || (one[2] < other[2] ? -1 : 1))
    .at(-1);
  return last?.[2];
}

export const isTellingTab = (tabs: Tabs): boolean => tellingTab(tabs) === ownId;

/** Keeps what is noted of this tab true, and calls `listener` when another one has noted something; returns how to stop. */
export function followTabs(listener: () => void): () => void {
  const onVisible = () => note({ visible: isInFront(), ...(isInFront() && { touchedAt: Date.now() }) });
  const onUsed = () => note({ touchedAt: Date.now() });
  // Not with each key: others read what is written.
  const onKey = () => Date.now() - own.touchedAt > 2000 && onUsed();
  const onGone = () => keep(PREFIX + ownId, null);
  const onStorage = ({ key }: StorageEvent) => key?.includes(`.${PREFIX}`) && listener();
  const timer = setInterval(() => note({}), NOTED_MS);
  const listeners: [EventTarget, string, (event: never) => void][] = [
    [document, 'visibilitychange', onVisible],
    [window, 'focus', onUsed],
    [window, 'pointerdown', onUsed],
    [window, 'keydown', onKey],
    [window, 'pageshow', onVisible],
    [window, 'pagehide', onGone],
    [window, 'storage', onStorage],
  ];
  onVisible();
  for (const [target, type, handle] of listeners) target.addEventListener(type, handle as EventListener);
  return () => {
    clearInterval(timer);
    for (const [target, type, handle] of listeners) target.removeEventListener(type, handle as EventListener);
    onGone();
  };
}

const isInFront = (): boolean => document.visibilityState === 'visible';

function parse(text: string | null): Tab | null {
  try {
    return JSON.parse(text!);
  } catch {
    return null;
  }
}
