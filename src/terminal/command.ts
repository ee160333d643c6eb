/** What all commands share: unknown flags are refused, expected failures are told in a sentence, not in a stack. */
import { type ArgsDef, type CommandDef, defineCommand, type ParsedArgs } from 'citty';
import { ConfigError } from '#config';
import { MigrationError } from '#platform/database/migrate.ts';
import { EmbeddedPostgresError } from '#platform/embedded-postgres/embedded-postgres.ts';

/** A failure whose message is written for the person at the terminal. */
export class CommandError extends Error {}

const IN_WORDS = [CommandError, ConfigError, EmbeddedPostgresError, MigrationError];

/** A command of the program; the process ends with 0 when `run` resolves and with 1 when it fails. */
export function command<const T extends ArgsDef>(definition: {
  name: string;
  /** The command it belongs to. */
  under?: string;
  description: string;
  args: T;
  /** `given`: the arguments as they were typed. */
  run(args: ParsedArgs<T>, given: readonly string[]): Promise<void>;
}): CommandDef<T> {
  const { name, under, description, args } = definition;
  return defineCommand({
    meta: { name, description },
    args,
    async run(context) {
      try {
        refuseUnknownFlags(under ? `${under} ${name}` : name, args, context.rawArgs);
        await definition.run(context.args, context.rawArgs);
        process.exit(0);
      } catch (error) {
        console.error(IN_WORDS.some((type) => error instanceof type) ? (error as Error).message : error);
        process.exit(1);
      }
    },
  });
}

function refuseUnknownFlags(name: string, args: ArgsDef, given: string[]): void {
  const known = new Set(
    Object.entries(args).flatMap(([key, { type, ...rest }]) => [
      `--${key}`,
      ...(type === 'boolean' ? [`--no-${key}`] : []),
      ...[('alias' in rest && rest.alias) || []].flat().map((short) => `-${short}`),
    ]),
  );
  for (const argument of given) {
    if (argument === '--') return;
    const flag = argument.split('=')[0]!;
    if (/^-{1,2}[a-z]/.test(flag) && !known.has(flag))
      throw new CommandError(`There is no flag ${flag}. See: parley ${name} --help`);
  }
}
