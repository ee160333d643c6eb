/** A chat as a page that is one file. */
import type { Tx } from '#platform/database/database.ts';
import { type Language, wordsIn } from '../document.ts';
import { readBranch, type Turn } from '../read-branch.ts';
import { readHead } from '../read-head.ts';
import { createDrawer } from './drawer.ts';
import { htmlStyle } from './html-style.ts';
import { fromLines, toLines } from './lines.ts';

/** What a page is made of, a line each: the title, then the turns of the shown branch; nothing for a chat that is gone. */
export const linesOf =
  (chatId: string) =>
  (tx: Tx): AsyncGenerator<string> =>
    toLines(materialOf(tx, chatId));

async function* materialOf(tx: Tx, chatId: string): AsyncGenerator<unknown[]> {
  const head = await readHead(tx, chatId);
  if (!head) return;
  yield [{ title: head.title }];
  yield* readBranch(tx, head);
}

/** Draws a page of these lines. What is drawn takes a thread, and longer than reading it: no connection to the database is held meanwhile. */
export async function* writePage(
  lines: AsyncIterable<Uint8Array>,
  language: Language,
): AsyncGenerator<string> {
  const drawer = createDrawer();
  const style = htmlStyle(wordsIn(language), drawer);
  try {
    const values = fromLines(lines);
    const head = await values.next();
    if (head.done) return;
    yield style.begin(head.value as { title: string }, new Date());
    for await (const value of values) yield await style.turn(toTurn(value as Stored));
    yield style.end();
  } finally {
    await drawer.close();
  }
}

type Stored = Omit<Turn, 'createdAt'> & { createdAt: string | null };
const toTurn = ({ createdAt, ...turn }: Stored): Turn => ({
  ...turn,
  createdAt: createdAt === null ? null : new Date(createdAt),
});
