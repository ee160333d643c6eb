/** Texts that were changed and not saved, by whose instructions they are, with the version they began with. */
import { create } from 'zustand';

type TextDraft = { text: string; base: number };

const useTexts = create<Record<string, TextDraft | undefined>>(() => ({}));

/** The draft of one text; undefined while it is as it was saved. It waits in this tab when its page is left. */
export const useTextDraft = (path: string): TextDraft | undefined => useTexts((texts) => texts[path]);

export const keepTextDraft = (path: string, draft: TextDraft | undefined): void =>
  useTexts.setState({ [path]: draft });
