/** `parley export`: chats as files in a folder, one each. */

import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { loadConfig, readSurroundings } from '#config';
import type { Chat } from '#features/chats/chats.ts';
import { safeName } from '#features/transfer/server/index.ts';
import type { ApiClient } from '#terminal/api-client.ts';
import { CommandError, command } from '#terminal/command.ts';
import { asPlainText } from '#terminal/plain-text.ts';
import type { Speech } from '../speech.ts';
import { createProgress } from './progress.ts';

export const exportCommand = (speech: Speech) =>
  command(speech.words, {
    name: 'export',
    description: speech.words('about_export'),
    args: {
      chat: { type: 'string', valueHint: 'id', description: speech.words('flag_export_chat') },
      project: { type: 'string', valueHint: 'id', description: speech.words('flag_export_project') },
      all: { type: 'boolean', description: speech.words('flag_export_all') },
      format: { type: 'string', valueHint: 'json|md', description: speech.words('flag_export_format') },
      out: { type: 'string', valueHint: 'folder', description: speech.words('flag_export_out') },
      server: { type: 'string', valueHint: 'address', description: speech.words('flag_server') },
      key: { type: 'string', description: speech.words('flag_key') },
      data: { type: 'string', description: speech.words('flag_data') },
    },
    async run(args) {
      const { words } = speech;
      const format = args.format ?? 'json';
      if (format !== 'json' && format !== 'md') throw new CommandError(words('export_format', { format }));
      if (!args.out) throw new CommandError(words('export_out_missing'));
      if ([args.chat, args.project, args.all || undefined].filter((one) => one !== undefined).length !== 1)
        throw new CommandError(words('export_which'));
      const config = loadConfig({ DATA_DIR: args.data, PARLEY_API_KEY: args.key });
      const { connect } = await import('../chat/connect.ts');
      const connection = await connect(config, args.server, speech);
      try {
        await mkdir(args.out, { recursive: true });
        const chats = await chatsToTake(connection.api, args);
        const failed = await takeAll(connection.api, chats, { ...args, out: args.out, format, speech });
        console.log(words('export_done', { count: chats.length - failed, folder: asPlainText(args.out) }));
        if (failed > 0) throw new CommandError(words('export_failed', { count: failed }));
      } finally {
        await connection.close();
      }
    },
  });

type Taken = Pick<Chat, 'id' | 'title'>;

async function chatsToTake(
  api: ApiClient,
  { chat, project }: { chat?: string | undefined; project?: string | undefined },
): Promise<Taken[]> {
  if (chat) return [await api.ask<Chat>('GET', `/api/v1/chats/${encodeURIComponent(chat)}`)];
  const of = project ? `&projectId=${encodeURIComponent(project)}` : '';
  const chats: Taken[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const from = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Chat[]; nextCursor: string | null } = await api.ask(
      'GET',
      `/api/v1/chats?archived=all&limit=200${of}${from}`,
    );
    chats.push(...page.items.map(({ id, title }) => ({ id, title })));
    cursor = page.nextCursor;
  }
  return chats;
}

type Order = { out: string; format: 'json' | 'md'; speech: Speech };

/** How many could not be taken. One that fails is named, and takes no other along. */
async function takeAll(api: ApiClient, chats: readonly Taken[], order: Order): Promise<number> {
  const { words, language } = order.speech;
  const progress = createProgress(readSurroundings().isDumb);
  let failed = 0;
  for (const [at, { id, title }] of chats.entries()) {
    progress.show(words('export_progress', { done: at, count: chats.length }));
    const name = `${safeName(title, 'chat')} ${id}.${order.format}`;
    try {
      const answer = await api.raw(
        'GET',
        `/api/v1/chats/${id}/export?format=${order.format}&language=${language}`,
      );
      await writeWhole(join(order.out, name), answer);
    } catch (error) {
      failed += 1;
      progress.clear();
      console.error(
        asPlainText(words('export_file_failed', { file: name, problem: (error as Error).message })),
      );
    }
  }
  progress.clear();
  return failed;
}

/** The file is there as a whole or not at all, and the one before it until then. */
async function writeWhole(path: string, answer: Response): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await pipeline(
      Readable.fromWeb(answer.body as never),
      createWriteStream(unfinished, { flush: true, mode: 0o600 }),
    );
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
