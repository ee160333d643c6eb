/** Reading the branch that a reply answers, no further back than its model reads. */
import type { TokenRatios } from '#features/endpoints/server/index.ts';
import { textOf } from '#features/messages/rules.ts';
import { aboveOf, branchOf, type MessageRow, readMessage } from '#features/messages/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { estimateMessage, NO_TOKENS, tokensOf } from './estimate-tokens.ts';
import type { History, PastMessage } from './fit-history.ts';

/** Bytes of messages that are read at a time, and of one reply's at most: reasoning takes room that the model never sees. */
const READ_BYTES = { page: 256 * 1024, most: 8 * 1024 * 1024 };

export type Branch = {
  history: History;
  /** The message that is answered; null when it is gone. */
  message: PastMessage | null;
};

/** The branch that ends in `leafId`, the message that is answered: back until no more fits into `room` tokens. */
export async function readBranch(
  db: Queryable,
  chatId: string,
  leafId: string | null,
  room: number,
  ratios: TokenRatios,
): Promise<Branch> {
  let past: PastMessage[] = [];
  let before: string | null = null;
  let left = room;
  for (let bytes = READ_BYTES.page; ; bytes += READ_BYTES.page) {
    const bounds = { bytes: READ_BYTES.page, ...(before !== null && { before }) };
    const page = await branchOf(db, chatId, leafId, bounds);
    const older = page.messages.map((message) => (message.id === leafId ? asked(message) : toPast(message)));
    left -= older.reduce((sum, { tokens }) => sum + tokensOf(tokens, ratios), 0);
    past = [...older, ...past];
    before = page.nextBefore;
    if (before === null || left < 0 || bytes >= READ_BYTES.most) break;
  }
  const message = past.pop() ?? null;
  return { message, history: { read: past, ...(await above(db, chatId, before)) } };
}

/** What stands above the oldest message that was read; nothing, when that is where the branch begins. */
async function above(
  db: Queryable,
  chatId: string,
  oldest: string | null,
): Promise<Pick<History, 'unread' | 'opening'>> {
  if (oldest === null) return { unread: 0, opening: null };
  const { count, root } = await aboveOf(db, chatId, oldest);
  const first = root?.role === 'system' ? await readMessage(db, root.id) : null;
  return { unread: count, opening: first && toPast(first) };
}

type Said = Pick<MessageRow, 'id' | 'role' | 'content' | 'excluded'>;

/** The message that is answered is heard, even if it is left out for those that come after it. */
export const asked = (message: Said): PastMessage => toPast({ ...message, excluded: false });

/** A message as a model may hear it: its text alone. Reasoning is never sent back; what is a tool's goes with its call, or not. */
export function toPast({ id, role, content, excluded }: Said): PastMessage {
  const text = role === 'tool' || excluded ? '' : textOf(content);
  return { id, role, text, tokens: text === '' ? NO_TOKENS : estimateMessage(text) };
}
