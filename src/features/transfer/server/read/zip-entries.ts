import type { Readable } from 'node:stream';
import { type Entry, fromFd, type ZipFile } from 'yauzl';
import { ACCOUNT_FILE } from '../../rules.ts';
import { say } from '../say.ts';
import { Refused } from './draft.ts';

/** Of one archive. */
const MOST_ENTRIES = 200_000;
/** What all archives of an import unpack to, however many they are: twice what one person may keep, and half a minute's reading. */
const MOST_GIBIBYTES = 4;
/** How much smaller than its content a file is that has to show its chats as it is read; small ones are no work. */
const TIGHT = { ratio: 200, from: 4 * 2 ** 20 };
const TEXT = /\.(?:json|jsonl|ndjson)$/i;
const LINK = 0o120000;
const KIND = 0o170000;

/** `isTight`: packed as only very repetitive text is, or a bomb. */
export type ZipText =
  | { name: string; isTight: boolean; open(): Promise<Readable> }
  | { name: string; refused: Refused };

/** Counts what the archives of one import unpack to, by what they say themselves: a file that says too little is found damaged. */
export type Unpacked = { bytes: number };

/** The JSON files of an archive, in its order; everything else in it is left where it is, and nothing is written anywhere. */
export async function* zipTexts(fd: number, unpacked: Unpacked): AsyncGenerator<ZipText> {
  const zip = await openZip(fd);
  if (zip.entryCount > MOST_ENTRIES) throw new Refused(say('zip_too_many', { max: MOST_ENTRIES }));
  for await (const entry of entriesOf(zip)) {
    const name = entry.fileName;
    const shown = name
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .slice(0, 300);
    if (name === ACCOUNT_FILE || !TEXT.test(name) || /(?:^|\/)(?:__MACOSX\/|\._)/.test(name)) continue;
    const refused = refusalOf(entry);
    if (!refused) {
      unpacked.bytes += entry.uncompressedSize;
      if (unpacked.bytes > MOST_GIBIBYTES * 2 ** 30)
        throw new Refused(say('zip_too_much', { gibibytes: MOST_GIBIBYTES }));
    }
    yield refused
      ? { name: shown, refused }
      : { name: shown, isTight: isTight(entry), open: () => openEntry(zip, entry) };
  }
}

const isTight = ({ uncompressedSize: size, compressedSize: packed }: Entry): boolean =>
  size > TIGHT.from && size > packed * TIGHT.ratio;

function refusalOf(entry: Entry): Refused | null {
  if (entry.isEncrypted()) return new Refused(say('zip_encrypted'));
  if (((entry.externalFileAttributes >>> 16) & KIND) === LINK) return new Refused(say('zip_link'));
  return entry.canDecodeFileData() ? null : new Refused(say('zip_method'));
}

const openZip = (fd: number): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    const options = { lazyEntries: true, autoClose: false, strictFileNames: true } as const;
    fromFd(fd, options, (error, zip) => (error ? reject(unusable(error)) : resolve(zip)));
  });

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      zip.removeAllListeners();
      zip.once('entry', resolve).once('end', () => resolve(null));
      zip.once('error', (error) => reject(unusable(error)));
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

const openEntry = (zip: ZipFile, entry: Entry): Promise<Readable> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(unusable(error)) : resolve(stream)));
  });

/** Names that lead out of an archive, sizes that are not true, and what is no archive at all. */
const unusable = (error: Error): Refused =>
  /path|characters in fileName|strict/i.test(error.message)
    ? new Refused(say('zip_outside'))
    : new Refused(say('zip_broken'));
