/** More than these could not be told apart; the one opened first goes. */
const MOST_TABS = 10;

/** With a chat at the end, unless it is there. */
export const withTab = (tabs: readonly string[], chatId: string): readonly string[] =>
  tabs.includes(chatId) ? tabs : [...tabs, chatId].slice(-MOST_TABS);

export const withoutTab = (tabs: readonly string[], chatId: string): readonly string[] =>
  tabs.filter((id) => id !== chatId);

/** The tab that takes the place of one that is closed: the next, else the one before; null: there is no other. */
export function neighbourOf(tabs: readonly string[], chatId: string): string | null {
  const at = tabs.indexOf(chatId);
  return tabs[at + 1] ?? tabs[at - 1] ?? null;
}
