/** Which message is being rewritten, in its place; one at a time. What is typed is kept as drafts are, until it is sent. */
import { create } from 'zustand';
import { ownerId } from '#web/kept/kept.ts';
import type { BranchLine } from '../use-branch.ts';

/** `backTo`: selects what the focus goes back to. */
export const useEditing = create<{ id: string | null; backTo?: string }>(() => ({ id: null }));
/** The name of its draft. */
export const draftOfEdit = (messageId: string): string => `edit.${messageId}`;
export const startEditing = (id: string): void =>
  useEditing.setState({ id, backTo: `[data-message="${id}"] [data-tools]` });

/** From the composer and back to it: the last thing that the reader has said themselves, if there is one. */
export function editLast(lines: readonly BranchLine[]): void {
  const own = lines.findLast(
    ({ message, outgoing }) => !outgoing && message.role === 'user' && message.authorId === ownerId(),
  );
  if (own) useEditing.setState({ id: own.message.id, backTo: '[data-composer]' });
}

/** Puts the editor away and gives the focus to where it was opened from. */
export function stopEditing(): void {
  const { backTo } = useEditing.getState();
  useEditing.setState({ id: null });
  if (backTo) requestAnimationFrame(() => document.querySelector<HTMLElement>(backTo)?.focus());
}
