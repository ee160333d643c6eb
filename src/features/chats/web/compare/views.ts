/** How the replies of each comparison are looked at where somebody has said so: side by side, or one at a time. */
import { create } from 'zustand';

export type View = 'beside' | 'alone';

/** By the message that they answer; nothing is what is usual for where it stands. */
export const useViews = create<Record<string, View | undefined>>(() => ({}));

/** Whose way to the other view gets the focus when it is drawn: the one that was pressed is gone. */
let turned: string | null = null;

/** Has the next drawing of a comparison take the focus. */
export function awaitFocus(questionId: string): void {
  turned = questionId;
}

/** Turns to the other view, or with nothing to the usual one. */
export function turnView(questionId: string, view: View | undefined): void {
  turned = questionId;
  useViews.setState({ [questionId]: view });
}

/** Focuses what stands for a comparison by now, if it was turned. */
export function takeFocus(questionId: string, element: HTMLElement | null): void {
  if (turned !== questionId || !element) return;
  turned = null;
  element.focus({ preventScroll: true });
}
