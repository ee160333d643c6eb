/** Reads a password where nobody sees it: never from the arguments, which every user of the machine can list. */
import { text } from 'node:stream/consumers';
import { isCancel, password } from '@clack/prompts';
import { CommandError } from './command.ts';
import type { TerminalWords } from './words.ts';

/** The first line of standard input; on a terminal it is asked for, twice and without echo. */
export async function readPassword(words: TerminalWords): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/, 1)[0]!;
  const first = await ask(words, words('password_new'));
  if ((await ask(words, words('password_again'))) !== first)
    throw new CommandError(words('password_differs'));
  return first;
}

async function ask(words: TerminalWords, message: string): Promise<string> {
  const typed = await password({ message, mask: '' });
  if (isCancel(typed)) throw new CommandError(words('nothing_done'));
  return typed ?? '';
}
