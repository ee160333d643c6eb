/** What goes out, as streams: one chat, or all that a filter finds. */
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Tx } from '#platform/database/database.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { ChatFormat } from '../../rules.ts';
import type { ListExportQuery } from '../../transfer.ts';
import { chatsToExport } from '../access.ts';
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

/** Every chat that a list with this filter shows the asker, oldest first. */
export function exportChats(
  services: Exporter,
  asker: Principal,
  { format, language: _language, ...filter }: ListExportQuery,
  language: Language,
): Readable {
  const read = (tx: Tx) => {
    if (format === 'zip') return writeZip(entriesOf(tx, asker, filter));
    const write = format === 'jsonl' ? recordsOf(tx, asker) : documentsOf(tx, format, language);
    return inTurn(tx, asker, filter, write);
  };
  return spooled(inSnapshot<string | Uint8Array>(services.reports, read), transferFolder(services));
}

type Filter = Omit<ListExportQuery, 'format' | 'language'>;

async function* inTurn(
  tx: Tx,
  asker: Principal,
  filter: Filter,
  write: (chatId: string) => AsyncGenerator<string>,
): AsyncGenerator<string> {
  for (const chatId of await chatsToExport(tx, asker, filter)) {
    let isThere = false;
    for await (const piece of write(chatId)) {
      isThere = true;
      yield piece;
    }
    if (isThere) yield '\n';
  }
}

/** A record each, named by its title and its id. */
async function* entriesOf(tx: Tx, asker: Principal, filter: Filter): AsyncGenerator<ZipEntry> {
  const write = recordsOf(tx, asker);
  for (const chatId of await chatsToExport(tx, asker, filter)) {
    const head = await readHead(tx, chatId);
    if (head) yield { name: `${safeName(head.title, 'chat')} ${chatId}.json`, pieces: write(chatId) };
  }
}
