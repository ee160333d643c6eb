/** What goes out, as streams: one chat, all that a filter finds, or those that were chosen. */
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ChatFormat, ListFormat } from '../../rules.ts';
import type { ListExportQuery } from '../../transfer.ts';
import { chatsToExport, chosenToExport } from '../access.ts';
import type { Places } from '../places.ts';
import type { Language } from './document.ts';
import { safeName } from './file-name.ts';
import { linesOf, writePage } from './html/write-page.ts';
import { readHead } from './read-head.ts';
import { inSnapshot } from './snapshot.ts';
import { spooled } from './spool.ts';
import { documentsOf } from './write-document.ts';
import { recordsOf } from './write-record.ts';
import { writeZip, type ZipEntry } from './write-zip.ts';

type Exporter = Pick<Services, 'reports' | 'config'>;

/** Where what is on its way lies; nothing of it has a name there. */
export const transferFolder = ({ config }: Pick<Services, 'config'>): string =>
  join(config.dataDir, 'transfer');

/** One chat, which the asker may read. */
export function exportChat(
  services: Exporter,
  asker: Principal,
  chatId: string,
  format: ChatFormat,
  language: Language,
  places: Places,
): Readable {
  if (format === 'html') return drawnChat(services, chatId, language, places);
  const pieces = inSnapshot(services.reports, (tx) =>
    format === 'json' ? recordsOf(tx, asker)(chatId) : documentsOf(tx, format, language)(chatId),
  );
  return spooled(pieces, transferFolder(services));
}

/**
 * Read as quick as the database gives it, and drawn from the disk in one of few places: so that neither the one connection there is for
 * exports waits for what is drawn, nor the next export for a reader that is slow.
 */
function drawnChat(services: Exporter, chatId: string, language: Language, places: Places): Readable {
  const folder = transferFolder(services);
  const lines = spooled(inSnapshot(services.reports, linesOf(chatId)), folder);
  async function* drawing(): AsyncGenerator<string> {
    const leave = await places.take();
    try {
      yield* writePage(lines, language);
    } finally {
      lines.destroy();
      leave();
    }
  }
  return spooled(drawing(), folder);
}

/** Says which chats go out, in their order. */
type Which = (tx: Tx) => Promise<string[]>;

/** Every chat that a list with this filter shows the asker, oldest first. */
export const exportChats = (
  services: Exporter,
  asker: Principal,
  { format, language: _language, ...filter }: ListExportQuery,
  language: Language,
): Readable => exportEach(services, asker, (tx) => chatsToExport(tx, asker, filter), format, language);

/** Of these chats every one that the asker may read, oldest first. */
export const exportChosen = (
  services: Exporter,
  asker: Principal,
  ids: readonly string[],
  format: ListFormat,
  language: Language,
): Readable => exportEach(services, asker, (tx) => chosenToExport(tx, asker, ids), format, language);

function exportEach(
  services: Exporter,
  asker: Principal,
  which: Which,
  format: ListFormat,
  language: Language,
): Readable {
  const read = (tx: Tx) => {
    if (format === 'zip') return writeZip(chatEntries(tx, asker, which));
    return inTurn(tx, which, format === 'jsonl' ? recordsOf(tx, asker) : documentsOf(tx, format, language));
  };
  return spooled(inSnapshot<string | Uint8Array>(services.reports, read), transferFolder(services));
}

async function* inTurn(
  tx: Tx,
  which: Which,
  write: (chatId: string) => AsyncGenerator<string>,
): AsyncGenerator<string> {
  for (const chatId of await which(tx)) {
    let isThere = false;
    for await (const piece of write(chatId)) {
      isThere = true;
      yield piece;
    }
    if (isThere) yield '\n';
  }
}

/** A record for each of these chats, in a file named by its title and its id. */
export async function* chatEntries(
  tx: Tx,
  asker: Principal,
  which: Which,
  folder = '',
): AsyncGenerator<ZipEntry> {
  const write = recordsOf(tx, asker);
  for (const chatId of await which(tx)) {
    const head = await readHead(tx, chatId);
    if (head)
      yield { name: `${folder}${safeName(head.title, 'chat')} ${chatId}.json`, pieces: write(chatId) };
  }
}
