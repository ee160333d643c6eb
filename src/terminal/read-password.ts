/** Reads a password where nobody sees it: never from the arguments, which every user of the machine can list. */
import { text } from 'node:stream/consumers';
import { isCancel, password } from '@clack/prompts';
import { CommandError } from './command.ts';

/** The first line of standard input; on a terminal it is asked for, twice and without echo. */
export async function readPassword(): Promise<string> {
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/, 1)[0]!;
  const first = await ask('Password');
  if ((await ask('The same again')) !== first) throw new CommandError('The two passwords are not the same.');
  return first;
}

async function ask(message: string): Promise<string> {
  const typed = await password({ message, mask: '' });
  if (isCancel(typed)) throw new CommandError('Nothing was done.');
  return typed ?? '';
}
