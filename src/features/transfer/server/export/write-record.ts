import type { Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import { textHash } from '../hashes.ts';
import { type HeadRow, readHead } from './read-head.ts';
import { readMessages } from './read-messages.ts';
import { toHead, toMessage } from './to-record.ts';
import { rememberToldTexts, type ToldTexts } from './told-texts.ts';

/** Larger strings lie where they are looked for last when memory is cleared. */
const PIECE_CHARACTERS = 64 * 1024;

/** Writes records of one export, one after another; nothing for a chat that is gone. A page of messages is held at a time. */
export function recordsOf(tx: Tx, asker: Principal): (chatId: string) => AsyncGenerator<string> {
  const told = rememberToldTexts(tx, asker);
  return async function* (chatId) {
    const head = await readHead(tx, chatId);
    if (head) yield* writeRecord(tx, asker, head, told);
  };
}

async function* writeRecord(tx: Tx, asker: Principal, row: HeadRow, told: ToldTexts): AsyncGenerator<string> {
  const reader = { userId: asker.userId, chatId: row.id, ownerId: row.userId };
  const texts = new Map<string, string>();
  const keep = (text: string | null) => text !== null && texts.set(textHash(text), text);
  keep(row.instructions);
  yield `${JSON.stringify(toHead(row)).slice(0, -1)},"messages":[`;
  let comma = '';
  for await (const page of readMessages(tx, asker, row.id)) {
    let piece = '';
    for (const message of page) {
      const { generation, ending, original } = message;
      const stamp = original ? null : ending?.context;
      const text = generation && stamp ? await told(generation, stamp) : null;
      keep(text);
      piece += comma + JSON.stringify(toMessage(message, reader, text));
      comma = ',';
      if (piece.length > PIECE_CHARACTERS) {
        yield piece;
        piece = '';
      }
    }
    if (piece !== '') yield piece;
  }
  const all = { ...(row.original?.keys?.texts as object | undefined), ...Object.fromEntries(texts) };
  yield Object.keys(all).length === 0 ? ']}' : `],"texts":${JSON.stringify(all)}}`;
}
