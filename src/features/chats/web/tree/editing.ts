/** Which message is being rewritten, in its place; one at a time. What is typed is kept as drafts are, until it is sent. */
import { create } from 'zustand';

export const useEditing = create<{ id: string | null }>(() => ({ id: null }));
/** The name of its draft. */
export const draftOfEdit = (messageId: string): string => `edit.${messageId}`;
export const startEditing = (id: string): void => useEditing.setState({ id });

/** Puts the editor away and gives the focus to where it was opened from. */
export function stopEditing(id: string): void {
  useEditing.setState({ id: null });
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>(`[data-message="${id}"] [data-tools]`)?.focus(),
  );
}
