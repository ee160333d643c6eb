import { getTableColumns } from 'drizzle-orm';
import { generations } from './tables.ts';

/** What a program asked, and what a reply begins with: mebibytes, which whoever needs them reads by themselves. */
const LARGE = ['input', 'opening'] as const;

/** A generation as it is read everywhere. */
export type GenerationRow = Omit<typeof generations.$inferSelect, (typeof LARGE)[number]>;

const NAMES = Object.keys(getTableColumns(generations))
  .filter((name) => !(LARGE as readonly string[]).includes(name))
  .map((name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

/** SQL: the columns of `GenerationRow` of the table or alias `g`. */
export const columnsOf = (g: string): string => NAMES.map((name) => `${g}.${name}`).join(', ');
