import type { Readable } from 'node:stream';
import { type Entry, fromFd, type ZipFile } from 'yauzl';
import { ACCOUNT_FILE } from '../../rules.ts';
import { say } from '../say.ts';
import { Refused } from './draft.ts';

/** What an archive may be: beyond it, it is one that was made to fill disks and memories. */
const BOUNDS = {
  entries: 200_000,
  /** Unpacked, of all that is read. */
  bytes: 2 * 2 ** 30,
  /** How much smaller than its content a file may be, once it is of some size. */
  ratio: 200,
  ratioFrom: 4 * 2 ** 20,
};
const TEXT = /\.(?:json|jsonl|ndjson)$/i;
const LINK = 0o120000;
const KIND = 0o170000;

export type ZipText = { name: string; open(): Promise<Readable> } | { name: string; refused: Refused };

/** The JSON files of an archive, in its order; everything else in it is left where it is, and nothing is written anywhere. */
export async function* zipTexts(fd: number): AsyncGenerator<ZipText> {
  const zip = await openZip(fd);
  if (zip.entryCount > BOUNDS.entries) throw new Refused(say('zip_too_many', { max: BOUNDS.entries }));
  let unpacked = 0;
  for await (const entry of entriesOf(zip)) {
    const name = entry.fileName;
    const shown = name
      .toWellFormed()
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .slice(0, 300);
    if (name === ACCOUNT_FILE || !TEXT.test(name) || /(?:^|\/)(?:__MACOSX\/|\._)/.test(name)) continue;
    unpacked += entry.uncompressedSize;
    const refused = refusalOf(entry, unpacked);
    yield refused ? { name: shown, refused } : { name: shown, open: () => openEntry(zip, entry) };
    if (unpacked > BOUNDS.bytes) return;
  }
}

function refusalOf(entry: Entry, unpacked: number): Refused | null {
  const { uncompressedSize: size, compressedSize: packed } = entry;
  if (entry.isEncrypted()) return new Refused(say('zip_encrypted'));
  if (((entry.externalFileAttributes >>> 16) & KIND) === LINK) return new Refused(say('zip_link'));
  if (unpacked > BOUNDS.bytes || (size > BOUNDS.ratioFrom && size > packed * BOUNDS.ratio))
    return new Refused(say('zip_bomb'));
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
