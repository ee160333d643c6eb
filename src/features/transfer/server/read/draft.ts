/** What every format is read as, before it is rows: a chat with keys of its own in the place of ids. */
import type { Role, Source } from '#features/messages/messages.ts';
import type { RecordGeneration, RecordMessage } from '../../record.ts';

export type Json = Record<string, unknown>;
export type Piece = { type: string } & Json;

export type DraftMessage = {
  /** What it is called where it comes from. */
  key: string;
  parentKey: string | null;
  role: Role;
  source: Source;
  content: Piece[];
  createdAt?: string | undefined;
  generation?: RecordGeneration | undefined;
  /** What has no place. */
  original?: unknown;
  metadata?: Json | undefined;
  excluded?: boolean | undefined;
  /** The key of the message that it was rewritten from. */
  editedFrom?: string | undefined;
  rating?: RecordMessage['rating'];
  preferences?: RecordMessage['preferences'];
  /** The id it had before it came to where it comes from now. */
  originalId?: string | undefined;
  /** Keys of a record that stay as they are. */
  keys?: Json | undefined;
};

export type Draft = {
  /** What tells it from all others where it comes from; null: its content alone does. */
  sourceId: string | null;
  /** What is shown as the id it had there, where it does not tell it apart. */
  shownId?: string | undefined;
  title: string;
  description?: string | undefined;
  tags?: string[] | undefined;
  metadata?: Json | undefined;
  archived?: boolean | undefined;
  pinned?: boolean | undefined;
  createdAt?: string | undefined;
  updatedAt?: string | undefined;
  settings?: Json | undefined;
  agentId?: string | undefined;
  instructions?: string | undefined;
  leafKey?: string | undefined;
  /** Where a record says it came from. */
  origin?: Json | undefined;
  keys: Json;
  messages: DraftMessage[];
};

/** A chat that cannot come in; the message is a sentence for people. */
export class Refused extends Error {
  readonly sentence: import('#platform/sentences.ts').Sentence;
  constructor(sentence: import('#platform/sentences.ts').Sentence) {
    super(sentence.text);
    this.sentence = sentence;
  }
}

/** The value as an object; an empty one where it is none. */
export const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
/** The value as a text that says something. */
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** An object without some of its keys, and without what says nothing. */
export function leftOf(value: Json, taken: readonly string[]): Json {
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, inner]) =>
        !taken.includes(name) &&
        inner !== null &&
        inner !== undefined &&
        inner !== '' &&
        !(typeof inner === 'object' && Object.keys(inner).length === 0),
    ),
  );
}

/** The same, or nothing where nothing is left. */
export const unlessEmpty = (value: Json): Json | undefined =>
  Object.keys(value).length > 0 ? value : undefined;

const MS_FROM = 1e11;
/** A moment as ISO: of seconds or milliseconds since 1970, or a text. Nothing where it is none, or in no year of four digits. */
export function timeOf(value: unknown): string | undefined {
  const number = typeof value === 'number' ? value : undefined;
  if (number === undefined && typeof value !== 'string') return undefined;
  const time = new Date(
    number === undefined ? (value as string) : Math.abs(number) < MS_FROM ? number * 1000 : number,
  );
  if (Number.isNaN(time.getTime())) return undefined;
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999 ? time.toISOString() : undefined;
}
