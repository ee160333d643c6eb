/** Reading one text of chats: it is cut, each value parsed, told by its keys and checked, and handed on as rows. */
import { canonicalJson } from '#platform/canonical-json.ts';
import type { Sentence } from '#platform/sentences.ts';
import { type ImportFormat, MAX_CHAT_BYTES } from '../../rules.ts';
import { sha256Of } from '../hashes.ts';
import type { FileToRead, ReadTask } from '../protocol.ts';
import { say } from '../say.ts';
import { cleanJson } from './clean-json.ts';
import { type Json, Refused } from './draft.ts';
import { hashOf } from './look-at-file.ts';
import { recognise, whatIs } from './recognise.ts';
import { type Fault, JsonSplitter } from './split-json.ts';
import { tell } from './tell.ts';
import { assertFew, toRows } from './to-rows.ts';

const BOUNDS = { bytes: MAX_CHAT_BYTES, values: 3_500_000 };
/** Levels of one chat; in a tree that is hung into one another each message is two. Beyond `parsed` it is not even looked at. */
const DEPTH = { most: 200, hung: 4_000, parsed: 20_000 };
/** Bytes of a tightly packed text within which a chat must end: one of the largest, and one that is too large before it. */
const FRUITLESS_BYTES = 2 * MAX_CHAT_BYTES;
/** Places of values that are no chats, before the first that is one. */
const MOST_STRANGE = 1_000;

/** How often each content was met, for chats that nothing else tells apart. */
const met = new Map<string, number>();

/** What one text has held so far. */
export type Course = {
  task: Pick<ReadTask, 'userId' | 'format'>;
  file: string;
  source: FileToRead;
  /** In an archive stand other files as well, which are no chats and no faults. */
  inZip: boolean;
  /** Packed so tightly that it may be a bomb: it is read only as long as chats come out of it. */
  isTight: boolean;
  chats: number;
  strange: Strange[];
};
/** `isBroken`: it is not even JSON. */
type Strange = { row: number; found: Sentence; isBroken: boolean };

const FAULTS: Record<Fault, () => Sentence> = {
  too_large: () => say('chat_too_large', { mebibytes: MAX_CHAT_BYTES / 2 ** 20 }),
  too_much: () => say('chat_too_much'),
  cut: () => say('file_cut'),
  trailing: () => say('file_trailing'),
};

/** Hands on every chat, and says what is none. What cannot be unpacked ends the text, and is told. */
export async function readText(chunks: AsyncIterable<Uint8Array>, course: Course): Promise<void> {
  const splitter = new JsonSplitter(BOUNDS, /\.(?:jsonl|ndjson)$/i.test(course.file));
  try {
    let chats = 0;
    let fruitless = 0;
    for await (const chunk of chunks) {
      for (const piece of splitter.push(chunk)) await take(piece, course);
      fruitless = course.chats > chats ? 0 : fruitless + chunk.length;
      chats = course.chats;
      if (course.isTight && fruitless > FRUITLESS_BYTES) throw new Refused(say('zip_bomb'));
    }
    for (const piece of splitter.end()) await take(piece, course);
  } catch (error) {
    if (!(error instanceof Refused) && !isOfTheFile(error)) throw error;
    const sentence = error instanceof Refused ? error.sentence : say('zip_broken');
    await tell({ kind: 'failed', file: course.file, row: splitter.rows, sentence });
    return;
  }
  if (course.chats > 0) return;
  if (course.inZip) return tellBroken(course);
  const found =
    course.strange[0]?.found ?? (splitter.isList ? say('found_empty_list') : say('found_nothing'));
  await tell({ kind: 'strange', file: course.file, found });
}

/** A file of an archive that is JSON, but no chat, is some other file; one that is broken may well have been one. */
async function tellBroken({ file, strange: [first] }: Course): Promise<void> {
  if (first?.isBroken) await tell({ kind: 'failed', file, row: first.row, sentence: first.found });
}

/** Of unpacking, rather than of ours. */
const isOfTheFile = (error: unknown): boolean =>
  /^Z_|ERR_/.test(String((error as NodeJS.ErrnoException).code)) ||
  /too many bytes|not enough bytes|checksum|crc|invalid/i.test(String((error as Error).message));

async function take(piece: ReturnType<JsonSplitter['push']>[number], course: Course): Promise<void> {
  const { row } = piece;
  if ('fault' in piece) {
    const sentence = FAULTS[piece.fault]();
    // Too large to be looked at: nobody knows what it is, but it is not left out without a word.
    if (course.chats > 0 || piece.fault === 'too_large' || piece.fault === 'too_much')
      await tell({ kind: 'failed', file: course.file, row, sentence });
    else
      course.strange.push({
        row,
        found: piece.fault === 'cut' ? say('found_cut') : sentence,
        isBroken: true,
      });
    return;
  }
  await read(piece, course);
}

async function read(
  { row, text, depth }: { row: number; text: string; depth: number },
  course: Course,
): Promise<void> {
  const { file } = course;
  let known: ReturnType<typeof recognise> = null;
  let title: string | undefined;
  try {
    if (depth > DEPTH.parsed) throw new Refused(say('chat_too_deep', { levels: DEPTH.most }));
    const parsed: unknown = JSON.parse(text);
    known = recognise(parsed, course.task.format);
    if (!known) return await strange({ row, found: whatIs(parsed), isBroken: false }, course);
    await notStrange(course);
    title = titleOf(parsed as Json);
    if (depth > (known.format === 'librechat' ? DEPTH.hung : DEPTH.most))
      throw new Refused(say('chat_too_deep', { levels: DEPTH.most }));
    assertFew(known.count(parsed as Json));
    const { value, replaced } = cleanJson(parsed, text);
    const draft = known.read(value as Json);
    const rows = toRows(draft, {
      userId: course.task.userId,
      format: known.format,
      seed: draft.sourceId ?? nthOfItsKind(known.format, value),
      origin: { format: known.format, file, sha256: await hashOf(course.source), row },
    });
    await tell({ kind: 'chat', file, row, format: known.format, rows, replaced });
  } catch (error) {
    const sentence =
      error instanceof Refused
        ? error.sentence
        : error instanceof SyntaxError
          ? say('not_json')
          : error instanceof RangeError
            ? say('chat_too_deep', { levels: DEPTH.most })
            : // Of a shape that nobody thought of: that chat cannot be read, and the others can.
              known && error instanceof TypeError
              ? say('chat_unreadable')
              : null;
    if (!sentence) throw error;
    if (!known && course.chats === 0)
      return await strange(
        { row, found: error instanceof SyntaxError ? notJson(text) : sentence, isBroken: true },
        course,
      );
    const more = { ...(title && { title }), ...(known && { format: known.format }) };
    await tell({ kind: 'failed', file, row, sentence, ...more });
  }
}

/** What stands where chats should be, as far as it can be shown. */
function notJson(text: string): Sentence {
  const start = text.slice(0, 30);
  return /[\p{Cc}\uFFFD]/u.test(start.replace(/\s/g, ' '))
    ? say('found_binary')
    : say('found_not_json', { start: start.replace(/\s+/g, ' ') });
}

const titleOf = (value: Json): string | undefined => {
  const title = value.title ?? value.name;
  return typeof title === 'string' ? title.slice(0, 100).toWellFormed() : undefined;
};

async function strange(value: Strange, course: Course): Promise<void> {
  const { row, found: sentence } = value;
  if (course.chats > 0) return tell({ kind: 'failed', file: course.file, row, sentence });
  if (course.strange.length < MOST_STRANGE) course.strange.push(value);
}

/** The first chat of a text: what stood before it is told after all. */
async function notStrange(course: Course): Promise<void> {
  course.chats += 1;
  for (const { row, found } of course.strange.splice(0))
    await tell({ kind: 'failed', file: course.file, row, sentence: found });
}

/** The hash of its content, and which of those with the same it is. */
function nthOfItsKind(format: ImportFormat, value: unknown): string {
  const hash = sha256Of(canonicalJson(value));
  const key = `${format} ${hash}`;
  const nth = met.get(key) ?? 0;
  met.set(key, nth + 1);
  return `${hash} ${nth}`;
}
