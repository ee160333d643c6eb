/** Which chats are selected on the page of all chats; others may ask, for what is dragged from there. */
import { create } from 'zustand';

type Selection = {
  ids: ReadonlySet<string>;
  /** All that match the filters, also those that are not loaded. */
  all: boolean;
  /** Where a range begins: the chat that was selected, or let go, last. */
  anchor: string | null;
  /** A project that they were dropped on, which is asked about first. */
  droppedOn: string | null;
};

const NONE: Selection = { ids: new Set(), all: false, anchor: null, droppedOn: null };
export const useSelection = create<Selection>(() => NONE);

export const clearSelection = (): void => useSelection.setState(NONE);

/** Selects a chat of those shown, or lets it go; of all that match, the others that are shown stay. */
export function toggle(id: string, shown: readonly string[]): void {
  useSelection.setState(({ ids, all }) => {
    const next = new Set(all ? shown : ids);
    if (!next.delete(id)) next.add(id);
    return { ids: next, all: false, anchor: id };
  });
}

/** Selects all from the last one chosen to this one, or to where a key has moved; what was selected stays. */
export function selectTo(id: string, shown: readonly string[]): void {
  useSelection.setState(({ ids, all, anchor }) => {
    const [from, to] = [shown.indexOf(anchor ?? id), shown.indexOf(id)];
    const range = from === -1 ? [id] : shown.slice(Math.min(from, to), Math.max(from, to) + 1);
    return { ids: new Set([...(all ? shown : ids), ...range]), all: false, anchor: anchor ?? id };
  });
}

export const selectShown = (shown: readonly string[]): void =>
  useSelection.setState({ ids: new Set(shown), all: false });
export const selectAll = (): void => useSelection.setState({ ids: new Set(), all: true });

/** Asks about moving what is selected to a project, where that is more than this one chat; false where it is not. */
export function askToMoveSelected(chatId: string, projectId: string): boolean {
  const { ids, all } = useSelection.getState();
  if (!all && (!ids.has(chatId) || ids.size < 2)) return false;
  useSelection.setState({ droppedOn: projectId });
  return true;
}
