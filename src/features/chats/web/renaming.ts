import { create } from 'zustand';

/** The chat whose title is being written in its head; null: none. */
export const useRenaming = create<{ id: string | null }>(() => ({ id: null }));
export const rename = (id: string | null): void => useRenaming.setState({ id });
