/** An import as a whole: files in, a report out. */
import { isUniqueViolation, sqlState } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { userTopic } from '#platform/live-bus/live-bus.ts';
import type { Principal } from '#platform/principal.ts';
import { type Sentence, toDetail } from '#platform/sentences.ts';
import type { Services } from '#platform/services.ts';
import { type ImportFormat, MAX_IMPORT_CHATS } from '../../rules.ts';
import type { ImportItem, ImportReport } from '../../transfer.ts';
import type { ChatRows } from '../chat-rows.ts';
import type { FileToRead, FromReader } from '../protocol.ts';
import { say } from '../say.ts';
import { type Added, addChat } from './add-chat.ts';
import { readFiles } from './read-files.ts';
import { rehearse } from './rehearse.ts';

/** The page reads its lists again at most so often while chats come in. */
const TELL_MS = 2_000;

export type ImportOrder = {
  files: readonly FileToRead[];
  format: ImportFormat | null;
  dryRun: boolean;
  /** Aborted when nobody waits for the answer any more: what came in stays, and the next import goes on. */
  signal: AbortSignal;
};

type Keep = (chat: ChatRows) => Promise<Added>;

/** 400 `bad_format` when nothing in the files is a chat. */
export async function runImport(
  services: Services,
  asker: Principal,
  { files, format, dryRun, signal }: ImportOrder,
): Promise<ImportReport> {
  const keep: Keep = dryRun ? rehearse(services, asker) : (chat) => addOnce(services, asker, chat);
  const tell = dryRun ? { now() {}, soon() {} } : teller(services, asker);
  const report = createReport();
  for await (const message of readFiles({ userId: asker.userId, format, files })) {
    if (signal.aborted) break;
    if (message.kind !== 'chat') report.note(message);
    else {
      report.add(message, await keep(message.rows).catch(toRefusal));
      tell.soon();
    }
    if (report.chats() >= MAX_IMPORT_CHATS)
      throw new AppError('too_large', say('too_many_chats', { max: MAX_IMPORT_CHATS }));
  }
  tell.now();
  return report.finish(files);
}

/** Somebody else may take an id between the look and the write: then it is looked at again. */
async function addOnce(services: Services, asker: Principal, chat: ChatRows): Promise<Added> {
  return addChat(services, asker, chat).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    return addChat(services, asker, chat);
  });
}

/** What refuses one chat, and no other; everything else ends the import. */
function toRefusal(error: unknown): AppError {
  if (error instanceof AppError && error.status < 500 && error.code !== 'unauthenticated') return error;
  const state = sqlState(error);
  if (state && /^(?:22|23|54)/.test(state))
    return new AppError('invalid_input', say('not_storable'), { cause: error });
  throw error;
}

function teller({ bus }: Services, { userId }: Principal): { now(): void; soon(): void } {
  let told = performance.now();
  const now = () => {
    told = performance.now();
    bus.publish(userTopic(userId), { type: 'chats_changed', data: {} });
  };
  return { now, soon: () => void (performance.now() - told > TELL_MS && now()) };
}

type Arrived = Extract<FromReader, { kind: 'chat' }>;

function createReport() {
  const items: ImportItem[] = [];
  const formats = new Set<ImportFormat>();
  const strange: { file: string; found: Sentence }[] = [];
  const counts = { added: 0, skipped: 0, copied: 0, failed: 0 };
  let messages = 0;
  let replaced = 0;
  const push = (item: ImportItem) => {
    counts[item.result] += 1;
    items.push(item);
  };
  const fail = (file: string, row: number, sentence: Sentence, more: Partial<ImportItem> = {}) => {
    const { detail: message, ...why } = toDetail(sentence);
    push({ file, row, result: 'failed', ...more, message, ...why });
  };
  const keep = (file: string, row: number, rows: ChatRows, { result, chatId }: Added, here: number) => {
    if (result !== 'skipped') {
      messages += rows.count;
      replaced += here;
    }
    push({ file, row, result, chatId, title: rows.title, ...noteOf(here, result) });
  };
  return {
    chats: () => items.length,
    add({ file, row, rows, format, replaced: here }: Arrived, outcome: Added | AppError): void {
      formats.add(format);
      if (outcome instanceof AppError)
        fail(file, row, outcome.sentence, { title: rows.title, code: outcome.code });
      else keep(file, row, rows, outcome, here);
    },
    note(message: Exclude<FromReader, Arrived>): void {
      if (message.kind === 'failed') {
        const { file, row, sentence, title, format } = message;
        if (format) formats.add(format);
        fail(file, row, sentence, title ? { title } : {});
      } else if (message.kind === 'strange') strange.push(message);
    },
    finish(files: readonly FileToRead[]): ImportReport {
      const [format, ...others] = formats;
      if (!format) throw badFormat(files, sentenceOf(items[0]) ?? strange[0]?.found ?? null);
      for (const { file, found } of strange) fail(file, 0, found);
      return { format: others.length > 0 ? 'mixed' : format, ...counts, messages, replaced, items };
    },
  };
}

function noteOf(replaced: number, result: Added['result']): Partial<ImportItem> {
  if (replaced === 0 || result === 'skipped') return {};
  const { detail: message, ...why } = toDetail(say('characters_replaced', { count: replaced }));
  return { message, ...why };
}

const sentenceOf = (item: ImportItem | undefined): Sentence | null =>
  item?.message === undefined
    ? null
    : { text: item.message, reason: item.reason ?? '', params: item.params ?? {} };

function badFormat(files: readonly FileToRead[], found: Sentence | null): AppError {
  if (files.every(({ size }) => size === 0)) return new AppError('bad_format', say('found_no_body'));
  return new AppError('bad_format', found ?? say('found_nothing'));
}
