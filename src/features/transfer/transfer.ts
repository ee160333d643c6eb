/** What server, page and terminal share about chats that go out and come in: what is asked for, and what is answered. */
import { z } from 'zod';
import { ChatFilter } from '#features/chats/chat-filter.ts';
import { MOST_IDS } from '#features/chats/rules.ts';
import { Id, SentenceRef } from '#fields';
import { CHAT_FORMATS, IMPORT_FORMATS, LIST_FORMATS } from './rules.ts';

const language = z.enum(['en', 'ru']).optional();

/** Query of `GET /api/v1/chats/{id}/export`; `language` is that of headings and names, else the request's. */
export const ChatExportQuery = z.object({ format: z.enum(CHAT_FORMATS).default('json'), language });

/** Query of `GET /api/v1/chats/export`: which chats, as in their list, and how. */
export const ListExportQuery = ChatFilter.omit({ limit: true, cursor: true, total: true }).extend({
  format: z.enum(LIST_FORMATS).default('jsonl'),
  language,
});
export type ListExportQuery = z.infer<typeof ListExportQuery>;

/** Body of `POST /api/v1/chats/export`: the chats by their ids, more than an address can hold, and how. */
export const ChosenExport = z.strictObject({
  ids: z.array(Id).min(1).max(MOST_IDS),
  format: z.enum(LIST_FORMATS).default('jsonl'),
  language,
});

/** Query of `POST /api/v1/chats/import`. `file` names a body that is one file. */
export const ImportQuery = z.object({
  format: z.enum(['auto', ...IMPORT_FORMATS]).default('auto'),
  dryRun: z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }).default(false),
  file: z.string().max(300).optional(),
});
export type ImportQuery = z.infer<typeof ImportQuery>;

/**
 * What became of one chat of an import. `skipped`: it was there; `copied`: its ids are somebody else's here, so that it has new ones.
 * `message` says why, for people; `code` names the limit that refused it.
 */
export const ImportItem = z.object({
  file: z.string(),
  /** Its place in the file, from 0. */
  row: z.int(),
  result: z.enum(['added', 'skipped', 'copied', 'failed']),
  chatId: Id.optional(),
  title: z.string().optional(),
  message: z.string().optional(),
  code: z.string().optional(),
  ...SentenceRef.partial().shape,
});
export type ImportItem = z.infer<typeof ImportItem>;

export const ImportReport = z.object({
  /** `mixed` when the files are of several. */
  format: z.enum([...IMPORT_FORMATS, 'mixed']),
  added: z.int(),
  skipped: z.int(),
  copied: z.int(),
  failed: z.int(),
  /** Messages of what was added or copied. */
  messages: z.int(),
  /** NUL and halves of surrogate pairs that became U+FFFD. */
  replaced: z.int(),
  items: z.array(ImportItem),
});
export type ImportReport = z.infer<typeof ImportReport>;
