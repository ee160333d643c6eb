/** All that is somebody's, as one archive. */
import type { Readable } from 'node:stream';
import { exportLedger } from '#features/usage/server/index.ts';
import type { Tx } from '#platform/database/database.ts';
import type { Language } from '#platform/http/language-of.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import { ACCOUNT_FILE } from '../../rules.ts';
import { chatsToExport } from '../access.ts';
import { chatEntries, transferFolder } from '../export/send-export.ts';
import { inSnapshot } from '../export/snapshot.ts';
import { spooled } from '../export/spool.ts';
import { writeZip, type ZipEntry } from '../export/write-zip.ts';
import { PROFILE } from './access.ts';
import { writeAccount } from './write-account.ts';
import { writeReadme } from './write-readme.ts';

type Exporter = Pick<Services, 'reports' | 'config'>;

/** The archive as a stream, out of one snapshot and at bounded memory: `README.txt`, `account.json`, `usage.csv`, and a record for each chat. */
export function exportOwnData(services: Exporter, asker: Principal, language: Language): Readable {
  const pieces = inSnapshot(services.reports, (tx) => writeZip(entriesOf(tx, asker, language)));
  return spooled(pieces, transferFolder(services));
}

/** Each is asked for when the one before it is written: they read by one connection. */
async function* entriesOf(tx: Tx, asker: Principal, language: Language): AsyncGenerator<ZipEntry> {
  const now = new Date();
  const { rows } = await tx.query<{ name: string }>(PROFILE, [asker.userId]);
  const readme = writeReadme(language, rows[0]?.name ?? '', now, asker.via.kind === 'api-key');
  yield { name: 'README.txt', pieces: once(readme) };
  yield { name: ACCOUNT_FILE, pieces: writeAccount(tx, asker, now) };
  yield { name: 'usage.csv', pieces: exportLedger(tx, { userId: asker.userId, all: false }, {}, 'csv') };
  const all = { archived: 'all', pinned: 'all' } as const;
  yield* chatEntries(tx, asker, (read) => chatsToExport(read, asker, all), 'chats/');
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
