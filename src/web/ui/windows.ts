import { create } from 'zustand';

/** The windows that can stand over any page. */
export type WindowName = 'settings' | 'shortcuts';
export const useWindow = create<{ open: WindowName | null; drawer: boolean }>(() => ({
  open: null,
  drawer: false,
}));

export const openWindow = (open: WindowName): void => useWindow.setState({ open });
export const closeWindow = (): void => useWindow.setState({ open: null });
/** The list of chats as a drawer over the page, on narrow screens. */
export const setDrawer = (drawer: boolean): void => useWindow.setState({ drawer });
