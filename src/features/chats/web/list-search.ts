/** What the list of chats is searched for, by its field or by a tag that was chosen. */
import { create } from 'zustand';
import { setPreferences } from '#web/preferences.ts';

export const useListSearch = create<{ words: string }>(() => ({ words: '' }));

export const setListSearch = (words: string): void => useListSearch.setState({ words });

/** Shows the chats that match, and the list if it is hidden. */
export function searchList(words: string): void {
  setListSearch(words);
  setPreferences({ sidebarOpen: true });
}
