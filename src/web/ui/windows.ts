import { create } from 'zustand';

/** The window over the page, by the name its feature gave it in `pages.ts`. */
export const useWindow = create<{ open: string | null; drawer: boolean }>(() => ({
  open: null,
  drawer: false,
}));

export const openWindow = (open: string): void => useWindow.setState({ open });
export const closeWindow = (): void => useWindow.setState({ open: null });
/** The list of chats as a drawer over the page, on narrow screens. */
export const setDrawer = (drawer: boolean): void => useWindow.setState({ drawer });
