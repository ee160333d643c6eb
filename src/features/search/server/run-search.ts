import { inTransaction, type Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { SearchHit, SearchQuery } from '../search.ts';
import { scopesOf } from './access.ts';
import { BEGINNING, readCursor, writeCursor } from './cursor.ts';
import { toConditions } from './filter-sql.ts';
import { findChats, findMisspelt, findTitles, nameChats } from './find.ts';
import { findMessages } from './find-messages.ts';
import { type Found, isAsked, type Wanted } from './find-sql.ts';
import { type Pass, pageThrough } from './page-through.ts';
import { type HitKind, presentHits } from './present-hits.ts';
import { readQuestion } from './read-question.ts';
import type { TakeTurn } from './take-turns.ts';

/**
 * Bounds one search, whatever is asked: it ends as an error (503) then. What is found is joined row by row as it comes, as it stops
 * after some hundreds; compiling it (JIT) and sharing it out to workers pay off for what runs for seconds.
 */
const SESSION = Object.entries({
  statement_timeout: '4s',
  enable_hashjoin: 'off',
  enable_mergejoin: 'off',
  jit: 'off',
  max_parallel_workers_per_gather: 0,
})
  .map(([setting, value]) => `SET LOCAL ${setting} = '${value}'`)
  .join(';');

/**
 * Finds what the asker may read. Whole titles come first, then messages, then titles that are written otherwise; in each the best
 * match, and the newest of equals. Filters alone list messages, newest first, or chats, latest activity first, by what they are about.
 */
export async function search(
  { db }: Pick<Services, 'db'>,
  takeTurn: TakeTurn,
  asker: Principal,
  { q, cursor, limit }: SearchQuery,
): Promise<{ items: SearchHit[]; nextCursor: string | null }> {
  const { words, filters, loose } = readQuestion(q);
  const conditions = toConditions(filters);
  const from = cursor === undefined ? BEGINNING : readCursor(cursor);
  return takeTurn(() =>
    inTransaction(db, async (tx) => {
      tx.query(SESSION).catch(() => {});
      const { userId } = asker;
      const scopes = await scopesOf(tx, userId);
      const asked: Wanted = { userId, scopes, words, loose, conditions, chatIds: null };
      const wanted = { ...asked, chatIds: await nameChats(tx, asked) };
      const { found, next } = await pageThrough(passesOf(tx, wanted), from, limit);
      return {
        items: await presentHits(tx, wanted, found),
        nextCursor: next && writeCursor(next),
      };
    }),
  );
}

/** In which order what is found. */
function passesOf(tx: Tx, wanted: Wanted): Pass<HitKind>[] {
  const messages: Pass<HitKind> = { kind: 'message', find: (window) => findMessages(tx, wanted, window) };
  const titleOnly = isAsked(wanted, 'mode');
  const ofMessages = isAsked(wanted, 'message');
  if (wanted.chatIds?.length === 0 || (titleOnly && ofMessages)) return [];
  if (!wanted.words) {
    const chats: Pass<HitKind> = { kind: 'chat', find: (window) => whole(findChats(tx, wanted, window)) };
    return [!titleOnly && (ofMessages || isAsked(wanted, 'time')) ? messages : chats];
  }
  const titles: Pass<HitKind> = {
    kind: 'title',
    find: (window) => whole(findTitles(tx, wanted, window, titleOnly)),
  };
  const misspelt: Pass<HitKind> = { kind: 'title', find: () => whole(findMisspelt(tx, wanted, titleOnly)) };
  if (titleOnly) return [titles, misspelt];
  // Almost every title is without a word that is to be left out.
  return ofMessages || !hasWord(wanted.words) ? [messages] : [titles, messages, misspelt];
}

/** Of a window that is looked through to its end. */
const whole = async (found: Promise<Found[]>) => ({ found: await found, end: null });

/** Whether anything is looked for, and not only left out. */
const hasWord = (words: string): boolean => words.split(/\s+/).some((word) => !word.startsWith('-'));
