/** Which chats of a project stand open as tabs, per project, kept in this browser. Closing one deletes nothing. */
import { create } from 'zustand';
import { keep, readKept, whenKeptChanges } from '#web/kept/kept.ts';
import { withoutTab, withTab } from './tab-order.ts';

const PREFIX = 'tabs.';
const NONE: readonly string[] = [];

const useTabs = create<{ readonly [projectId: string]: readonly string[] | undefined }>(() => ({}));
whenKeptChanges(() => useTabs.setState({}, true));

const read = (projectId: string): readonly string[] => {
  const stored = readKept(PREFIX + projectId);
  return stored ? stored.split(',') : NONE;
};

/** The ids of the chats, in the order in which they were opened. */
export function useOpenTabs(projectId: string): readonly string[] {
  const known = useTabs((tabs) => tabs[projectId]);
  return known ?? read(projectId);
}

export const openTab = (projectId: string, chatId: string): void =>
  put(projectId, withTab(read(projectId), chatId));
export const closeTab = (projectId: string, chatId: string): void =>
  put(projectId, withoutTab(read(projectId), chatId));

function put(projectId: string, tabs: readonly string[]): void {
  keep(PREFIX + projectId, tabs.length > 0 ? tabs.join(',') : null);
  useTabs.setState({ [projectId]: tabs });
}
