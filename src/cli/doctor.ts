/** `parley doctor`: looks at everything Parley needs and says in words what to do. Changes nothing but may start the database. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Config, ConfigError } from '#config';
import { type Database, openDatabase } from '#platform/database/database.ts';
import { pendingMigrations } from '#platform/database/migrate.ts';
import { createLogger } from '#platform/log.ts';
import { openDatabaseServer } from '#platform/open-database-server.ts';
import { CommandError, command } from '#terminal/command.ts';
import { configOf, dataFlags } from './data-flags.ts';
import { explainStart } from './explain-start.ts';

const PAGE = fileURLToPath(new URL('../../dist/web/index.html', import.meta.url));

/** `advice`: what to do about it; `fatal`: Parley cannot work this way. */
type Finding = { what: string; says: string; advice?: string; fatal?: boolean };

export const doctor = command({
  name: 'doctor',
  description: 'Check what Parley needs, and say what to do',
  args: dataFlags,
  async run(args) {
    const config = configOf(args);
    let fatal = 0;
    for await (const finding of examine(config)) {
      const mark = finding.fatal ? '✗' : finding.advice ? '!' : '✓';
      console.log(`${mark} ${finding.what}: ${finding.says}`);
      if (finding.advice) console.log(`    ${finding.advice}`);
      if (finding.fatal) fatal++;
    }
    if (fatal > 0) throw new CommandError('Parley cannot work like this; see ✗ above.');
  },
});

async function* examine(config: Config): AsyncGenerator<Finding> {
  yield { what: 'Node', says: process.version };
  yield existsSync(PAGE)
    ? { what: 'Web page', says: 'built' }
    : { what: 'Web page', says: 'not built', advice: 'Run npm start, which builds it.' };
  yield await examineServer(config);
  const log = createLogger('silent');
  let server: Awaited<ReturnType<typeof openDatabaseServer>>;
  try {
    server = await openDatabaseServer(config, log);
  } catch (error) {
    return yield { what: 'Database', says: (error as Error).message, fatal: true };
  }
  const db = openDatabase(server.address, log, 2);
  try {
    yield* examineDatabase(db, config);
  } catch (error) {
    const explained = explainStart(error, config);
    if (!(explained instanceof ConfigError)) throw error;
    yield { what: 'Database', says: explained.message, fatal: true };
  } finally {
    await db.$client.end();
    await server.close();
  }
}

/** Is something on our port, and is it Parley? */
async function examineServer({ host, port }: Config): Promise<Finding> {
  const what = `Port ${port}`;
  try {
    const signal = AbortSignal.timeout(3_000);
    const answer = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/readyz`, {
      signal,
    });
    const body = (await answer.json().catch(() => null)) as { ready?: unknown } | null;
    if (!body || typeof body !== 'object') throw new Error('not Parley');
    if (answer.ok) return { what, says: 'Parley runs here and is ready' };
    return {
      what,
      says: `Parley runs here but is not ready: ${JSON.stringify(body)}`,
      advice: 'See its log.',
    };
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED')
      return { what, says: 'free' };
    return { what, says: 'taken by another program', advice: 'Choose another PORT.' };
  }
}

async function* examineDatabase(db: Database, config: Config): AsyncGenerator<Finding> {
  const { rows } = await db.$client.query<{ version: string; number: number }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
  );
  const { version, number } = rows[0]!;
  const where = config.databaseUrl ? 'DATABASE_URL' : `in ${config.dataDir}`;
  yield {
    what: 'Database',
    says: `PostgreSQL ${version}, ${where}`,
    ...(number < 150_000 && { advice: 'Parley needs PostgreSQL 15 or later.', fatal: true }),
  };
  const pending = await pendingMigrations(db);
  if (pending.length > 0)
    return yield {
      what: 'Tables',
      says: `${pending.length} migrations are to be applied`,
      advice: 'The next start applies them, or: parley migrate',
    };
  yield { what: 'Tables', says: 'up to date' };
  yield* examineEndpoints(db);
}

async function* examineEndpoints(db: Database): AsyncGenerator<Finding> {
  const { rows } = await db.$client.query<{ name: string; kind: string; enabled: boolean; health: string }>(
    'SELECT name, kind, enabled, health FROM endpoints ORDER BY name',
  );
  if (rows.length === 0)
    yield {
      what: 'Endpoints',
      says: 'none yet',
      advice: 'The first start looks for some; add more as an admin.',
    };
  for (const { name, kind, enabled, health } of rows)
    yield {
      what: `Endpoint ${name} (${kind})`,
      says: enabled ? health : 'switched off',
      ...(enabled &&
        health === 'down' && { advice: 'Start that server, or test the endpoint as an admin to see why.' }),
    };
}
