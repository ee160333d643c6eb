/** What stands in the list: finds and commands, in sections. Pure. */
import type { SearchHit } from '../search.ts';
import { type Command, matchCommands } from './use-commands.ts';

/** A row: what it leads to, or does. */
export type Entry = Pick<Command, 'path' | 'run' | 'window'> & {
  key: string;
  command?: Command;
  hit?: SearchHit;
};
export type Section = { name: 'recent' | 'found' | 'commands'; entries: Entry[] };

/** Chats shown before anything is typed. */
const RECENT = 6;
/** Commands beside finds. */
const FEW = 4;

/** Before anything is typed the latest chats and all commands; then commands by that name, above what is found. */
export function toSections(
  typed: string,
  hits: readonly SearchHit[],
  commands: readonly Command[],
): Section[] {
  const isEmpty = typed.trim() === '';
  const found = isEmpty ? hits.filter(({ messageId }) => messageId === null).slice(0, RECENT) : hits;
  const named = isEmpty ? commands : matchCommands(commands, typed).slice(0, FEW);
  const finds: Section = { name: isEmpty ? 'recent' : 'found', entries: found.map(toEntry) };
  const doing: Section = {
    name: 'commands',
    entries: named.map((command) => ({ ...command, key: `do-${command.id}`, command })),
  };
  return (isEmpty ? [finds, doing] : [doing, finds]).filter(({ entries }) => entries.length > 0);
}

const toEntry = (hit: SearchHit): Entry => ({
  key: `hit-${hit.messageId ?? hit.chatId}`,
  path: `/c/${hit.chatId}${hit.messageId === null ? '' : `?m=${hit.messageId}`}`,
  hit,
});
