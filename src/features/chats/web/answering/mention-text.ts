/** Naming an agent or a model in a text by `@`: where it stands, who it can mean, and the text without it. Pure. */

/** `from`: the place of the `@`; `to`: the caret. */
export type MentionText = { from: number; to: number; query: string };

/** Longer than any name that somebody types out. */
const LONGEST = 60;

/** The name that is being typed before the caret: from an `@` at a word's beginning, on one line; null: there is none. */
export function mentionAt(text: string, caret: number): MentionText | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (from === -1 || caret <= from || !/^$|\s/.test(text.slice(0, from).slice(-1))) return null;
  const query = text.slice(from + 1, caret);
  if (query.length > LONGEST || /^\s|\n/.test(query)) return null;
  return { from, to: caret, query };
}

/** As it is compared: no capitals, no `ё`, single spaces. */
export const plain = (text: string): string =>
  text.toLocaleLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ');

/** Those whose name begins with what is typed, then those of whom a later word does; all of them for nothing. */
export function matching<A extends { name: string }>(agents: readonly A[], query: string): A[] {
  const typed = plain(query).trimStart();
  const begins = agents.filter(({ name }) => plain(name).startsWith(typed));
  const later = agents.filter(
    (agent) => !begins.includes(agent) && plain(agent.name).includes(` ${typed}`) && typed !== '',
  );
  return [...begins, ...later];
}

/** Those in whose name, or that of their endpoint, some word begins with what is typed; all of them for nothing. */
export function matchingModels<M extends { id: string; name: string }>(
  models: readonly M[],
  query: string,
): M[] {
  const typed = plain(query).trimStart();
  return models.filter(({ id, name }) =>
    [plain(id), plain(name)].some((text) => {
      for (let at = text.indexOf(typed); at !== -1; at = text.indexOf(typed, at + 1))
        if (at === 0 || typed === '' || /[^\p{L}\p{N}]/u.test(text[at - 1]!)) return true;
      return false;
    }),
  );
}

/** The one whose whole name has been typed, so that a space after it can mean no other. */
export function typedOut<A extends { name: string }>(agents: readonly A[], query: string): A | null {
  const [first, ...others] = matching(agents, query);
  return first && others.length === 0 && plain(first.name) === plain(query) ? first : null;
}

/** The text without the name, and where the caret is then; of two spaces that met around it one is left. */
export function withoutMention(text: string, { from, to }: MentionText): { text: string; caret: number } {
  const before = text.slice(0, from);
  const rest = text.slice(to);
  const meets = /(^|\s)$/.test(before) && /^ /.test(rest);
  return { text: before + (meets ? rest.slice(1) : rest), caret: from };
}
