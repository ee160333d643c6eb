import type { Aside } from './parts.ts';

/** What came in with an imported chat, or one of its messages, and has no place of its own here. */
export type Original = {
  /** Keys of the record, as they were. */
  keys?: Record<string, unknown>;
  /** Columns that had to be filled although nothing was known: they are left out of the record. */
  unknown?: string[];
  /** Pieces of the content of a kind that is not known here. */
  parts?: Aside[];
  /** Preferences that name a message which is not there. */
  preferences?: Record<string, unknown>[];
};
