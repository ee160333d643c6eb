/** What stands in the list: finds and commands, in sections. Pure. */

import type { FilterName } from '../rules.ts';
import type { SearchHit } from '../search.ts';
import type { FilterValue } from './to-values.ts';
import { type Command, matchCommands } from './use-commands.ts';

/** A row: what it leads to or does, or what it makes of what is typed. */
export type Entry = Pick<Command, 'path' | 'run' | 'window'> & {
  key: string;
  command?: Command;
  hit?: SearchHit;
  value?: FilterValue & { kind: FilterName };
};
export type Section = { name: 'values' | 'recent' | 'found' | 'commands'; entries: Entry[] };
/** What a filter that is being typed is offered; `whole`: it has a value already. */
export type Offered = { kind: FilterName; values: readonly FilterValue[]; whole: boolean } | null;

/** Chats shown before anything is typed. */
const RECENT = 6;
/** Commands beside finds. */
const FEW = 4;

/**
 * Before anything is typed the latest chats and all commands; then commands by that name, above what is found. Values for a filter
 * stand above all of it as long as it has none.
 */
export function toSections(
  typed: string,
  hits: readonly SearchHit[],
  commands: readonly Command[],
  offered: Offered = null,
): Section[] {
  const isEmpty = typed.trim() === '';
  const found = isEmpty ? hits.filter(({ messageId }) => messageId === null).slice(0, RECENT) : hits;
  const named = isEmpty ? commands : matchCommands(commands, typed).slice(0, FEW);
  const finds: Section = { name: isEmpty ? 'recent' : 'found', entries: found.map(toEntry) };
  const doing: Section = {
    name: 'commands',
    entries: named.map((command) => ({ ...command, key: `do-${command.id}`, command })),
  };
  const values: Section = { name: 'values', entries: offered?.values.map(toValueEntry(offered.kind)) ?? [] };
  const others = values.entries.length > 0 ? [finds] : isEmpty ? [finds, doing] : [doing, finds];
  return (offered?.whole ? [...others, values] : [values, ...others]).filter(
    ({ entries }) => entries.length > 0,
  );
}

const toValueEntry =
  (kind: FilterName) =>
  (value: FilterValue): Entry => ({ key: `value-${value.word}`, path: null, value: { ...value, kind } });

const toEntry = (hit: SearchHit): Entry => ({
  key: `hit-${hit.messageId ?? hit.chatId}`,
  path: `/c/${hit.chatId}${hit.messageId === null ? '' : `?m=${hit.messageId}`}`,
  hit,
});
