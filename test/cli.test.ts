/** The commands besides serve and chat, as real processes. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { setUpCode } from '#features/accounts/server/index.ts';
import { admin, signIn } from './harness/accounts.ts';
import { createEmptyDatabase } from './harness/database.ts';
import { type Finish, makeFolder } from './harness/make.ts';
import { startTestParley } from './harness/parley.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
type Ended = { code: number; stdout: string; stderr: string };

async function parley(
  finish: Finish,
  args: string[],
  env: Record<string, string> = {},
  input = '',
): Promise<Ended> {
  const dataDir = await makeFolder(finish);
  const options = { cwd: dataDir, env: { PATH: process.env.PATH!, DATA_DIR: dataDir, PORT: '1', ...env } };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
    child.stdin!.end(input);
  });
}

test.concurrent.for<[string[], RegExp]>([
  [['--help'], /serve.*chat.*migrate.*admin.*doctor/s],
  [['serve', '--help'], /--port.*--host.*--data.*--roles/s],
  [['chat', '--help'], /--resume.*--last.*--title.*--tag.*--description.*--model.*--server.*--key/s],
])('%j shows what can be given', async ([args, expected], { onTestFinished }) => {
  const { code, stdout } = await parley(onTestFinished, args);
  expect(code).toBe(0);
  expect(stdout).toMatch(expected);
});

test.concurrent('help and refusals are in the language of the locale or of --lang, and without any codes', async ({
  onTestFinished,
}) => {
  const ask = async (args: string[], env: Record<string, string> = {}) => {
    const { stdout, stderr } = await parley(onTestFinished, args, { FORCE_COLOR: '3', ...env });
    return stdout + stderr;
  };
  const answers = await Promise.all([
    ask(['--help'], { LANG: 'ru_RU.UTF-8' }),
    ask(['chat', '--help', '--lang=ru']),
    ask(['chat', '--help', '--lang=en'], { LC_ALL: 'ru_RU.UTF-8' }),
    ask(['sing', '--lang=ru']),
    ask(['doctor', '--deep', '--lang', 'ru']),
    ask(['doctor', '--lang=xx']),
  ]);
  expect(answers[0]).toMatch(/КОМАНДЫ.*serve.*Поговорить с моделью/s);
  expect(answers[1]).toMatch(/ПАРАМЕТРЫ.*--resume=<id>.*Продолжить прежний чат/s);
  expect(answers[2]).toMatch(/OPTIONS.*Go on with an earlier chat/s);
  expect(answers[3]).toContain('Команды sing нет.');
  expect(answers[4]).toContain('Параметра --deep нет.');
  expect(answers[5]).toContain('Choose en or ru.');
  expect(answers.join('')).not.toContain('\u001b');
});

test.concurrent('an unknown flag and an unusable value are refused in one sentence', async ({
  onTestFinished,
}) => {
  const flag = await parley(onTestFinished, ['serve', '--prot=3000']);
  expect(flag).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no flag --prot.') });
  const value = await parley(onTestFinished, ['serve', '--port=many']);
  expect(value).toMatchObject({ code: 1, stderr: expect.stringContaining('PORT: must be a whole number') });
  expect(flag.stderr + value.stderr).not.toMatch(/^ +at /m);
});

test.concurrent('migrate says what it applied, and then that there is nothing to do', async ({
  onTestFinished,
}) => {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.drop());
  const env = { DATABASE_URL: database.url.url };
  const before = await parley(onTestFinished, ['doctor'], env);
  expect(before.stdout).toMatch(/! Tables: \d+ migrations are to be applied/);
  const first = await parley(onTestFinished, ['migrate'], env);
  expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('applied 0001_accounts.sql') });
  const russian = await parley(onTestFinished, ['doctor'], { ...env, LANG: 'ru_RU.UTF-8' });
  expect(russian.stdout).toMatch(/✓ База данных: PostgreSQL.*✓ Таблицы: обновлены/s);
  expect(await parley(onTestFinished, ['migrate'], env)).toMatchObject({
    code: 0,
    stdout: 'The database is up to date.\n',
  });
});

test.concurrent('doctor sees a Parley that runs, its database and its endpoints', async ({
  onTestFinished,
}) => {
  const running = await startTestParley();
  onTestFinished(() => running.close());
  const env = { DATABASE_URL: running.database.url.url, PORT: new URL(running.url).port };
  const { code, stdout } = await parley(onTestFinished, ['doctor'], env);
  expect(code).toBe(0);
  expect(stdout).toContain('Parley runs here and is ready');
  expect(stdout).toMatch(/✓ Database: PostgreSQL \d+/);
  expect(stdout).toContain('✓ Tables: up to date');
  expect(stdout).toContain('Endpoint scripted (scripted)');
});

test.concurrent('doctor names the variable of a database that cannot be used, and ends with exit code 1', async ({
  onTestFinished,
}) => {
  const { code, stdout } = await parley(onTestFinished, ['doctor'], {
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
  });
  expect(code).toBe(1);
  expect(stdout).toMatch(/✗ Database: DATABASE_URL: the database none at 127\.0\.0\.1 cannot be used/);
});

test.concurrent('admin create makes an admin beside a Parley that runs, whether there are others or not; the password is read, not given', async ({
  onTestFinished,
}) => {
  const running = await startTestParley({ signUp: 'off' });
  onTestFinished(() => running.close());
  const env = { DATABASE_URL: running.database.url.url };
  await setUpCode(running.services);
  for (const [name, email] of [
    ['Ada', 'Ada@Example.org'],
    ['Bob', 'bob@example.org'],
  ] as const) {
    const args = ['admin', 'create', `--email=${email}`, `--name=${name}`];
    const { code, stdout } = await parley(onTestFinished, args, env, 'a long password\n');
    expect([code, stdout]).toEqual([0, `${email} is an admin now.\n`]);
    const person = await signIn(running.url, { email: email.toLowerCase(), password: 'a long password' });
    expect(await (await person.fetch('/api/v1/me')).json()).toMatchObject({ name, role: 'admin' });
  }
  expect(await setUpCode(running.services)).toBeNull();
  await expect(admin(running.url)).rejects.toThrow('SIGN_UP_OFF');
  const refused = async (args: string[], input: string) =>
    (await parley(onTestFinished, ['admin', 'create', ...args], env, input)).stderr;
  expect(await refused(['--email=bob@example.org', '--name=B'], 'a long password')).toContain('already');
  expect(await refused(['--email=c@example.org', '--name=C'], 'short')).toMatch(/^password must have/);
  expect(await refused(['--email=c', '--name=C', '--password=x'], '')).toContain('no flag --password');
});
