/** How the live connection of this page stands. */
import { create } from 'zustand';

/** `connecting`: the first try. `offline`: it was lost and is being tried again. */
export type LiveStatus = 'connecting' | 'open' | 'offline';
export const useLiveStatus = create<{ status: LiveStatus }>(() => ({ status: 'connecting' }));
