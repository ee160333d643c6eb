/** Runs the command that the arguments name, or shows what can be given. */
import { runCommand } from 'citty';
import { type Command, partOf } from './command-parts.ts';
import { drawUsage } from './draw-usage.ts';
import { asPlainText } from './plain-text.ts';
import type { TerminalWords } from './words.ts';

type Named = { command: Command; path: string };

/** Ends the process when nothing, or something that is not there, is asked for; a command ends it itself. */
export async function runProgram(
  program: Command,
  args: readonly string[],
  words: TerminalWords,
): Promise<void> {
  const { name, version } = (await partOf(program.meta)) ?? {};
  const flags = args.slice(0, args.includes('--') ? args.indexOf('--') : undefined);
  if (args.length === 1 && /^(?:--version|-v)$/.test(args[0]!)) return console.log(version);
  const named = await find(program, name!, flags);
  if (flags.some((flag) => flag === '--help' || flag === '-h'))
    return console.log(await drawUsage(named.command, named.path, words));
  try {
    await runCommand(program, { rawArgs: [...args] });
  } catch (error) {
    console.error(asPlainText(refusal(error, named.path, flags, words)));
    process.exit(1);
  }
}

/** The innermost command that is named. */
async function find(command: Command, path: string, args: readonly string[]): Promise<Named> {
  const name = args.find((argument) => !argument.startsWith('-'));
  const inner = name === undefined ? undefined : (await partOf(command.subCommands))?.[name];
  if (!inner) return { command, path };
  return find((await partOf(inner)) as Command, `${path} ${name}`, args.slice(args.indexOf(name!) + 1));
}

/** What the parser of the arguments does not take, in our words. */
function refusal(error: unknown, command: string, args: readonly string[], words: TerminalWords): string {
  const { code, message } = error as { code?: string; message: string };
  const name = args.findLast((argument) => !argument.startsWith('-')) ?? '';
  if (code === 'E_UNKNOWN_COMMAND') return words('no_such_command', { name, command });
  if (code === 'E_NO_COMMAND') return words('command_missing', { command });
  const missing = /--([\w-]+)$/.exec(message)?.[1];
  if (code === 'EARG' && missing) return words('flag_missing', { name: missing, command });
  return message;
}
