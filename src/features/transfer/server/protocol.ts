/** What the thread that reads files and the one that keeps chats tell each other. */
import type { Sentence } from '#platform/sentences.ts';
import type { ImportFormat } from '../rules.ts';
import type { ChatRows } from './chat-rows.ts';

export type FileToRead = { name: string; fd: number; size: number };

/** What the reading thread is given. */
export type ReadTask = {
  userId: string;
  /** Null: whatever it is. */
  format: ImportFormat | null;
  files: readonly FileToRead[];
};

export type FromReader =
  | {
      kind: 'chat';
      file: string;
      row: number;
      format: ImportFormat;
      rows: ChatRows;
      replaced: number;
    }
  /** `format`: of what is a chat, and cannot come in; without it nobody knows what it is. */
  | { kind: 'failed'; file: string; row: number; sentence: Sentence; title?: string; format?: ImportFormat }
  /** Nothing in the file is a chat. */
  | { kind: 'strange'; file: string; found: Sentence }
  | { kind: 'end' };

/** So many chats were taken. */
export type ToReader = { taken: number };
