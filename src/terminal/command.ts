/** What all commands share: unknown flags are refused, expected failures are told in a sentence, not in a stack. */
import { inspect } from 'node:util';
import { type ArgsDef, type CommandDef, defineCommand, type ParsedArgs } from 'citty';
import { ConfigError } from '#config';
import { MigrationError } from '#platform/database/migrate.ts';
import { EmbeddedPostgresError } from '#platform/embedded-postgres/embedded-postgres.ts';
import { asPlainText } from './plain-text.ts';
import type { TerminalWords } from './words.ts';

/** A failure whose message is written for the person at the terminal. */
export class CommandError extends Error {}

const IN_WORDS = [CommandError, ConfigError, EmbeddedPostgresError, MigrationError];

/** A command of the program; the process ends with 0 when `run` resolves and with 1 when it fails. */
export function command<const T extends ArgsDef>(
  words: TerminalWords,
  definition: {
    name: string;
    /** The command it belongs to. */
    under?: string;
    description: string;
    args: T;
    /** `given`: the arguments as they were typed. */
    run(args: ParsedArgs<T>, given: readonly string[]): Promise<void>;
  },
): CommandDef<T> {
  const { name, under, description, args } = definition;
  return defineCommand({
    meta: { name, description },
    args,
    async run(context) {
      try {
        const whole = ['parley', ...(under ? [under] : []), name].join(' ');
        const flag = unknownFlag(args, context.rawArgs);
        if (flag) throw new CommandError(words('no_such_flag', { flag, command: whole }));
        await definition.run(context.args, context.rawArgs);
        process.exit(0);
      } catch (error) {
        console.error(asPlainText(inWords(error)));
        process.exit(1);
      }
    },
  });
}

const inWords = (error: unknown): string =>
  IN_WORDS.some((type) => error instanceof type) ? (error as Error).message : inspect(error);

function unknownFlag(args: ArgsDef, given: string[]): string | undefined {
  const known = new Set(
    Object.entries(args).flatMap(([key, { type, ...rest }]) => [
      `--${key}`,
      ...(type === 'boolean' ? [`--no-${key}`] : []),
      ...[('alias' in rest && rest.alias) || []].flat().map((short) => `-${short}`),
    ]),
  );
  const end = given.indexOf('--');
  return given
    .slice(0, end < 0 ? undefined : end)
    .map((argument) => argument.split('=')[0]!)
    .find((flag) => /^-{1,2}[a-z]/.test(flag) && !known.has(flag));
}
