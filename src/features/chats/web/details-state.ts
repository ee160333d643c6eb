import { create } from 'zustand';

/** The chat whose details are open in a window; null: none. */
export const useDetails = create<{ chatId: string | null }>(() => ({ chatId: null }));
export const openDetails = (chatId: string): void => useDetails.setState({ chatId });
export const closeDetails = (): void => useDetails.setState({ chatId: null });
