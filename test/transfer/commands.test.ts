/** `parley export` and `parley import`, as somebody uses them: a backup out of one Parley, into another. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { signUp } from '#test/harness/accounts.ts';
import { makeFolder, makeKey } from '#test/harness/make.ts';
import { startTestParley } from '#test/harness/parley.ts';
import { CHATGPT, OPEN_WEBUI } from './fixtures/foreign.ts';
import { bringIn, chatsOf } from './people.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

type Ended = { code: number; out: string; err: string };
const parley = (cwd: string, env: Record<string, string>, ...args: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    const given = { PATH: process.env.PATH!, DATA_DIR: join(cwd, 'unused'), ...env };
    execFile(process.execPath, [MAIN, ...args], { cwd, env: given }, (error, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    );
  });

test('a folder of files is a backup: out of one Parley, into another, and nothing a second time', async ({
  onTestFinished,
}) => {
  const [here, there] = [await startTestParley(), await startTestParley()];
  onTestFinished(() => Promise.all([here.close(), there.close()]).then(() => {}));
  const folder = await makeFolder(onTestFinished);
  const [ada, eve] = [await signUp(here.url), await signUp(there.url)];
  await bringIn(ada, [...CHATGPT]);
  await bringIn(ada, OPEN_WEBUI);
  const env = { PARLEY_API_KEY: await makeKey(ada) };
  const backup = join(folder, 'backup');
  const out = await parley(folder, env, 'export', '--all', '--out', backup, '--server', here.url);
  expect(out).toMatchObject({ code: 0, err: '' });
  expect(out.out).toContain('2 chats in');
  const names = (await readdir(backup)).toSorted();
  expect(names).toEqual([
    expect.stringMatching(/^Bread [0-9a-f-]{36}\.json$/),
    expect.stringMatching(/^Rivers [0-9a-f-]{36}\.json$/),
  ]);
  expect((await stat(join(backup, names[0]!))).mode & 0o077).toBe(0);
  expect(JSON.parse(await readFile(join(backup, names[1]!), 'utf8'))).toMatchObject({
    schema: 'parley.chat/1',
    title: 'Rivers',
  });

  const elsewhere = { PARLEY_API_KEY: await makeKey(eve) };
  const dry = await parley(folder, elsewhere, 'import', 'backup', '--dry-run', '--server', there.url);
  expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('Would add 2 chats with 7 messages') });
  expect(await chatsOf(eve)).toHaveLength(0);
  const into = await parley(folder, elsewhere, 'import', 'backup', '--server', there.url);
  expect(into).toMatchObject({
    code: 0,
    err: '',
    out: expect.stringContaining('2 chats added with 7 messages, 0 here already'),
  });
  expect((await chatsOf(eve)).map(({ title }) => title).toSorted()).toEqual(['Bread', 'Rivers']);

  // One that is broken is named; the others are looked at, and the command fails.
  await mkdir(join(backup, 'more'));
  await writeFile(join(backup, 'more', 'broken.json'), '{"schema":"parley.chat/1","messages":[{"id":1}]}');
  const again = await parley(folder, elsewhere, 'import', 'backup', '--server', there.url, '--lang', 'ru');
  expect(again).toMatchObject({ code: 1, out: expect.stringContaining('уже было: 2') });
  expect(again.err).toContain(join('backup', 'more', 'broken.json'));
});

test('one chat as text, and what cannot be asked for is told', async ({ onTestFinished }) => {
  const here = await startTestParley();
  onTestFinished(() => here.close());
  const folder = await makeFolder(onTestFinished);
  const ada = await signUp(here.url);
  const { body } = await bringIn(ada, CHATGPT);
  const env = { PARLEY_API_KEY: await makeKey(ada) };
  const chatId = body.items[0]!.chatId!;
  const asked = ['export', '--chat', chatId, '--format', 'md', '--out', 'texts', '--server', here.url];
  expect(await parley(folder, env, ...asked)).toMatchObject({ code: 0 });
  expect(await readFile(join(folder, 'texts', `Rivers ${chatId}.md`), 'utf8')).toMatch(
    /^# Rivers\n[\s\S]*It is 3,531 km\./,
  );
  expect(await readdir(join(folder, 'texts'))).toHaveLength(1);
  for (const [args, words] of [
    [['export', '--out', 'x'], 'Say which chats'],
    [['export', '--all'], 'Say where the files go'],
    [['export', '--all', '--out', 'x', '--format', 'pdf'], 'neither json nor md'],
    [['import', 'nowhere.json'], 'is not there'],
    [['import'], 'Say what to bring in'],
  ] as const)
    expect(await parley(folder, env, ...args, '--server', here.url)).toMatchObject({
      code: 1,
      err: expect.stringContaining(words),
    });
});
