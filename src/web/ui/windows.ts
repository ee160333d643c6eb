/** What is open over the page and beside it, by the names that features give in `pages.ts`. */
import { create } from 'zustand';

type Open = {
  /** Over any page; for something with an id, where it is about one. */
  window: { name: string; subject: string } | null;
  /** At the right of the page, for something with an id. Each opening has a number of its own, so that it takes the focus anew. */
  panel: { name: string; subject: string; opening: number } | null;
  /** The list of chats as a drawer, on narrow screens. */
  drawer: boolean;
};
export const useOpen = create<Open>(() => ({ window: null, panel: null, drawer: false }));

export const openWindow = (name: string, subject = ''): void =>
  useOpen.setState({ window: { name, subject } });
export const closeWindow = (): void => useOpen.setState({ window: null });

let openings = 0;
export const openPanel = (name: string, subject: string): void => {
  openings++;
  useOpen.setState({ panel: { name, subject, opening: openings } });
};
/** Shows something else in the panel that is open, and leaves the focus where it is. */
export const turnPanelTo = (subject: string): void =>
  useOpen.setState(({ panel }) => ({ panel: panel && { ...panel, subject } }));
export const closePanel = (): void => useOpen.setState({ panel: null });

export const setDrawer = (drawer: boolean): void => useOpen.setState({ drawer });
