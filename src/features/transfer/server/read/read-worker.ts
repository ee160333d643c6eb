/**
 * A thread of its own that reads what somebody sent: unpacks, cuts, parses and checks it, so that nobody else waits for that. It
 * hands on chats as rows, no more of them at a time than are taken.
 */
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { canonicalJson } from '#platform/canonical-json.ts';
import type { Sentence } from '#platform/sentences.ts';
import type { ImportFormat } from '../../rules.ts';
import { MAX_CHAT_BYTES } from '../../rules.ts';
import { sha256Of } from '../hashes.ts';
import type { FileToRead, FromReader, ReadTask, ToReader } from '../protocol.ts';
import { say } from '../say.ts';
import { cleanJson } from './clean-json.ts';
import { type Json, Refused } from './draft.ts';
import { bytesOf } from './read-bytes.ts';
import { recognise, whatIs } from './recognise.ts';
import { type Fault, JsonSplitter } from './split-json.ts';
import { toRows } from './to-rows.ts';
import { zipTexts } from './zip-entries.ts';

const BOUNDS = { bytes: MAX_CHAT_BYTES, values: 4_000_000 };
/** Levels of one chat; in a tree that is hung into one another each message is two. Beyond `parsed` it is not even looked at. */
const DEPTH = { most: 200, hung: 4_000, parsed: 20_000 };
/** Bytes of rows that wait to be taken. */
const AHEAD_BYTES = 8 * 2 ** 20;
/** Places of values that are no chats, before the first that is one. */
const MOST_STRANGE = 1_000;

const port = parentPort!;
const task = workerData as ReadTask;
let ahead = 0;
let wake = () => {};
port.on('message', ({ taken }: ToReader) => {
  ahead -= taken;
  wake();
});

/** Waits while enough is waiting to be taken. */
async function tell(message: FromReader, bytes = 0): Promise<void> {
  while (ahead > 0 && ahead + bytes > AHEAD_BYTES)
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  ahead += bytes;
  port.postMessage(message);
}

/** How often each content was met, for chats that nothing else tells apart. */
const met = new Map<string, number>();

/** What one text has held so far. */
type Course = {
  file: string;
  source: FileToRead;
  /** In an archive stand other files as well, which are no chats and no faults. */
  inZip: boolean;
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

async function readText(chunks: AsyncIterable<Uint8Array>, course: Course): Promise<void> {
  const splitter = new JsonSplitter(BOUNDS, /\.(?:jsonl|ndjson)$/i.test(course.file));
  try {
    for await (const chunk of chunks) for (const piece of splitter.push(chunk)) await take(piece, course);
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
    known = recognise(parsed, task.format);
    if (!known) return await strange({ row, found: whatIs(parsed), isBroken: false }, course);
    await notStrange(course);
    title = titleOf(parsed as Json);
    if (depth > (known.format === 'librechat' ? DEPTH.hung : DEPTH.most))
      throw new Refused(say('chat_too_deep', { levels: DEPTH.most }));
    const { value, replaced } = cleanJson(parsed, text);
    const draft = known.read(value as Json);
    const rows = toRows(draft, {
      userId: task.userId,
      format: known.format,
      seed: draft.sourceId ?? nthOfItsKind(known.format, value),
      origin: { format: known.format, file, sha256: await hashOf(course.source), row },
    });
    const bytes = rows.messages.length + rows.originals.length;
    await tell({ kind: 'chat', file, row, format: known.format, rows, bytes, replaced }, bytes);
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

const hashes = new Map<number, string>();
async function hashOf({ fd }: FileToRead): Promise<string> {
  const known = hashes.get(fd);
  if (known) return known;
  const hash = createHash('sha256');
  for await (const chunk of bytesOf(fd)) hash.update(chunk);
  const digest = hash.digest('hex');
  hashes.set(fd, digest);
  return digest;
}

const ZIP = [0x50, 0x4b];
async function isZip({ fd, size }: FileToRead): Promise<boolean> {
  if (size < 4) return false;
  for await (const chunk of bytesOf(fd, 3))
    return chunk[0] === ZIP[0] && chunk[1] === ZIP[1] && (chunk[2] === 3 || chunk[2] === 5);
  return false;
}

async function readFile(source: FileToRead): Promise<void> {
  const { name: file, fd } = source;
  const begun = { source, chats: 0, strange: [] };
  if (!(await isZip(source))) return readText(bytesOf(fd), { ...begun, file, inZip: false });
  let chats = 0;
  const names: string[] = [];
  let failed = false;
  try {
    for await (const text of zipTexts(fd)) {
      const inner = `${file}/${text.name}`;
      names.push(text.name);
      if ('refused' in text) {
        failed = true;
        await tell({ kind: 'failed', file: inner, row: 0, sentence: text.refused.sentence });
        continue;
      }
      const course: Course = { source, chats: 0, strange: [], file: inner, inZip: true };
      await readText(await text.open(), course);
      chats += course.chats;
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    failed = true;
    await tell({ kind: 'failed', file, row: 0, sentence: error.sentence });
  }
  if (chats === 0 && !failed)
    await tell({
      kind: 'strange',
      file,
      found:
        names.length === 0
          ? say('found_zip_without')
          : say('found_zip', { names: names.slice(0, 6).join(', ') }),
    });
}

for (const file of task.files) await readFile(file);
await tell({ kind: 'end' });
port.unref();
