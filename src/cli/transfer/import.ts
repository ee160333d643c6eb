/** `parley import`: files and folders of chats into a Parley. */
import { openAsBlob } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { loadConfig, readSurroundings } from '#config';
import type { ImportReport } from '#features/transfer/transfer.ts';
import type { ApiClient, ErrorSaid } from '#terminal/api-client.ts';
import { CommandError, command } from '#terminal/command.ts';
import { asPlainText } from '#terminal/plain-text.ts';
import type { Speech } from '../speech.ts';
import { createProgress, type Progress } from './progress.ts';

const CHATS = new Set(['.json', '.jsonl', '.ndjson', '.zip']);

export const importCommand = (speech: Speech) =>
  command(speech.words, {
    name: 'import',
    description: speech.words('about_import'),
    args: {
      path: { type: 'positional', required: false, description: speech.words('flag_import_path') },
      'dry-run': { type: 'boolean', description: speech.words('flag_import_dry_run') },
      server: { type: 'string', valueHint: 'address', description: speech.words('flag_server') },
      key: { type: 'string', description: speech.words('flag_key') },
      data: { type: 'string', description: speech.words('flag_data') },
    },
    async run(args) {
      const { words } = speech;
      const paths = args._;
      if (paths.length === 0) throw new CommandError(words('import_path_missing'));
      const files = (await Promise.all(paths.map((path) => filesAt(path, speech)))).flat();
      if (files.length === 0) throw new CommandError(words('import_no_files', { path: paths.join(' ') }));
      const config = loadConfig({ DATA_DIR: args.data, PARLEY_API_KEY: args.key });
      const { connect } = await import('../chat/connect.ts');
      const connection = await connect(config, args.server, speech);
      try {
        const isDry = args['dry-run'] ?? false;
        const sum = await bringAllIn(connection.api, files, isDry, speech);
        const { added, copied, skipped, messages, failed } = sum;
        console.log(
          words(isDry ? 'import_would' : 'import_done', { added: added + copied, messages, skipped }),
        );
        if (failed > 0) throw new CommandError(words('import_failed', { count: failed }));
      } finally {
        await connection.close();
      }
    },
  });

/** The file, or all files in a folder that may hold chats, in the order of their names. */
async function filesAt(path: string, { words }: Speech): Promise<string[]> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new CommandError(words('import_no_path', { path }));
  if (!found.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && CHATS.has(extname(entry.name).toLowerCase()))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

type Sum = Pick<ImportReport, 'added' | 'copied' | 'skipped' | 'messages' | 'failed'>;

/** One file after another; one that fails is named, and takes no other along. */
async function bringAllIn(
  api: ApiClient,
  files: readonly string[],
  isDry: boolean,
  speech: Speech,
): Promise<Sum> {
  const progress = createProgress(readSurroundings().isDumb);
  const sum: Sum = { added: 0, copied: 0, skipped: 0, messages: 0, failed: 0 };
  for (const [at, file] of files.entries()) {
    progress.show(speech.words('import_progress', { done: at, count: files.length }));
    try {
      const report = await bringIn(api, file, isDry);
      for (const key of Object.keys(sum) as (keyof Sum)[]) sum[key] += report[key];
      tellFailures(file, report, progress, speech);
    } catch (error) {
      sum.failed += 1;
      progress.clear();
      console.error(asPlainText(`${file}: ${(error as Error).message}`));
    }
  }
  progress.clear();
  return sum;
}

/** Streamed from the disk, however large it is. */
async function bringIn(api: ApiClient, file: string, isDry: boolean): Promise<ImportReport> {
  const query = new URLSearchParams({ file: basename(file), dryRun: String(isDry) });
  const answer = await api.raw('POST', `/api/v1/chats/import?${query}`, await openAsBlob(file));
  return (await answer.json()) as ImportReport;
}

function tellFailures(file: string, { items }: ImportReport, progress: Progress, speech: Speech): void {
  for (const item of items.filter(({ result }) => result === 'failed')) {
    progress.clear();
    const said = item.reason
      ? speech.said({ ...item, detail: item.message ?? '' } as ErrorSaid)
      : item.message;
    const place = speech.words('import_place', { file, row: item.row + 1 });
    console.error(asPlainText(`${place}: ${said}`));
  }
}
