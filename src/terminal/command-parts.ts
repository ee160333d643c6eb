import type { CommandDef } from 'citty';

/** A command of whatever flags. */
// biome-ignore lint/suspicious/noExplicitAny: each command has flags of its own
export type Command = CommandDef<any>;

/** The value of a part of a command: citty takes it as it is, a promise of it, or a function that gives either. */
export async function partOf<T>(
  given: T | Promise<T> | (() => T | Promise<T>) | undefined,
): Promise<T | undefined> {
  return typeof given === 'function' ? (given as () => T | Promise<T>)() : given;
}
