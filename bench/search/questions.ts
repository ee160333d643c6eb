/** What is asked of the million messages, and by whom. */
import type { Database } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';

/** Ranks of words that about half of all messages have, one in a hundred, one in thousands. */
const RANKS = { common: [5, 9, 14], medium: [700, 900, 1300], rare: [15_000, 17_000, 19_000] };
/** By how much somebody has said: the heaviest users, some in the middle, light ones. */
const ASKERS = [1, 2, 3, 20, 30, 40, 150, 190];
/** What few chats or messages pass, and what many do; a room is a project of those whose number ends like that. */
const FILTERS: Record<string, (asker: number) => string[]> = {
  archived: () => ['archived:no', 'archived:yes'],
  tag: () => ['tag:seldom', 'tag:often'],
  project: (asker) => [`project:"Room ${(20 - (asker % 20)) % 20} A"`],
  agent: () => ['agent:seldom', 'agent:often'],
  model: () => ['model:seldom-1b', 'model:often-7b'],
  before: () => ['before:2026-06-01'],
  from: () => ['from:me', 'from:model'],
  has: () => ['has:code', 'has:file'],
  is: () => ['is:pinned', 'is:shared'],
  in: () => ['in:title'],
};

/** Somebody who asks; `nth` is their place among all by how much they have said. */
export type Asker = { principal: Principal; nth: number };

export async function askersOf(db: Database): Promise<Asker[]> {
  const { rows } = await db.$client.query<{ id: string; n: string }>(
    'SELECT id, n FROM people WHERE n = ANY ($1) ORDER BY n',
    [ASKERS],
  );
  return rows.map(({ id, n }) => ({
    principal: { userId: id, role: 'member', via: { kind: 'earlier' } },
    nth: Number(n),
  }));
}

/** Kinds of questions, and what of each kind an asker asks. */
export async function questions(db: Database): Promise<Record<string, (asker: number) => string[]>> {
  const { rows } = await db.$client.query<{ rank: number; en: string; word_ru: string }>(
    'SELECT rank, en, word_ru FROM words',
  );
  const words = new Map(rows.map(({ rank, ...word }) => [rank, word]));
  const of = (ranks: number[]) => ranks.flatMap((rank) => [words.get(rank)!.en, words.get(rank)!.word_ru]);
  const [common, medium, rare] = [of(RANKS.common), of(RANKS.medium), of(RANKS.rare)];
  const filtered = Object.entries(FILTERS).map(([name, values]): [string, (asker: number) => string[]] => [
    `words, ${name}:`,
    (asker) =>
      values(asker).flatMap((filter) =>
        [common[0], medium[0], rare[0], `${common[1]} ${common[3]}`].map((asked) => `${asked} ${filter}`),
      ),
  ]);
  return {
    'common words': () => common,
    'medium words': () => medium,
    'rare words': () => rare,
    'two words': () => [`${common[0]} ${medium[0]}`, `${common[1]} ${common[3]}`, `${medium[2]} ${rare[0]}`],
    phrases: () => [`"${common[0]} ${common[2]}"`, `"${medium[0]} ${common[0]}"`],
    'words left out': () => [`${common[0]} -${common[2]}`, `-${common[0]}`],
    ...Object.fromEntries(filtered),
    'filters alone': (asker) =>
      Object.entries(FILTERS).flatMap(([name, values]) => (name === 'in' ? [] : values(asker))),
    'a misspelt title': () => [`${medium[0]!.slice(0, 3)}x${medium[0]!.slice(4)}`],
  };
}
