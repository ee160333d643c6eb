/** `parley doctor`: looks at everything Parley needs and says in words what to do. Changes nothing but may start the database. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Config, ConfigError } from '#config';
import { type Database, openDatabase } from '#platform/database/database.ts';
import { pendingMigrations } from '#platform/database/migrate.ts';
import { createLogger } from '#platform/log.ts';
import { openDatabaseServer } from '#platform/open-database-server.ts';
import { CommandError, command } from '#terminal/command.ts';
import { asPlainText } from '#terminal/plain-text.ts';
import { configOf, dataFlags } from './data-flags.ts';
import { explainStart } from './explain-start.ts';
import type { Speech } from './speech.ts';

const PAGE = fileURLToPath(new URL('../../dist/web/index.html', import.meta.url));

/** `advice`: what to do about it; `fatal`: Parley cannot work this way. */
type Finding = { what: string; says: string; advice?: string; fatal?: boolean };

export const doctor = (speech: Speech) =>
  command(speech.words, {
    name: 'doctor',
    description: speech.words('about_doctor'),
    args: dataFlags(speech),
    async run(args) {
      const config = configOf(args);
      let fatal = 0;
      for await (const finding of examine(config, speech)) {
        const mark = finding.fatal ? '✗' : finding.advice ? '!' : '✓';
        console.log(asPlainText(`${mark} ${finding.what}: ${finding.says}`));
        if (finding.advice) console.log(`    ${finding.advice}`);
        if (finding.fatal) fatal++;
      }
      if (fatal > 0) throw new CommandError(speech.words('doctor_fatal'));
    },
  });

async function* examine(config: Config, speech: Speech): AsyncGenerator<Finding> {
  const { words } = speech;
  yield { what: 'Node', says: process.version };
  yield existsSync(PAGE)
    ? { what: words('doctor_page'), says: words('doctor_page_built') }
    : { what: words('doctor_page'), says: words('doctor_page_missing'), advice: words('doctor_page_build') };
  yield await examineServer(config, speech);
  const log = createLogger('silent');
  let server: Awaited<ReturnType<typeof openDatabaseServer>>;
  try {
    server = await openDatabaseServer(config, log);
  } catch (error) {
    return yield { what: words('doctor_database'), says: (error as Error).message, fatal: true };
  }
  const db = openDatabase(server.address, log, 2);
  try {
    yield* examineDatabase(db, config, speech);
  } catch (error) {
    const explained = explainStart(error, config, speech);
    if (!(explained instanceof ConfigError)) throw error;
    yield { what: words('doctor_database'), says: explained.message, fatal: true };
  } finally {
    await db.$client.end();
    await server.close();
  }
}

/** Is something on our port, and is it Parley? */
async function examineServer({ host, port }: Config, { words }: Speech): Promise<Finding> {
  const what = words('doctor_port', { port: String(port) });
  try {
    const signal = AbortSignal.timeout(3_000);
    const answer = await fetch(`http://${host.includes(':') ? `[${host}]` : host}:${port}/readyz`, {
      signal,
    });
    const body = (await answer.json().catch(() => null)) as { ready?: unknown } | null;
    if (!body || typeof body !== 'object') throw new Error('not Parley');
    if (answer.ok) return { what, says: words('doctor_port_ready') };
    return {
      what,
      says: words('doctor_port_unready', { parts: JSON.stringify(body) }),
      advice: words('doctor_see_log'),
    };
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code === 'ECONNREFUSED')
      return { what, says: words('doctor_port_free') };
    return { what, says: words('doctor_port_taken'), advice: words('doctor_port_other') };
  }
}

async function* examineDatabase(db: Database, config: Config, speech: Speech): AsyncGenerator<Finding> {
  const { words } = speech;
  const { rows } = await db.$client.query<{ version: string; number: number }>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number`,
  );
  const { version, number } = rows[0]!;
  yield {
    what: words('doctor_database'),
    says: config.databaseUrl
      ? words('doctor_database_given', { version })
      : words('doctor_database_own', { version, folder: config.dataDir }),
    ...(number < 150_000 && { advice: words('doctor_database_old'), fatal: true }),
  };
  const pending = await pendingMigrations(db);
  if (pending.length > 0)
    return yield {
      what: words('doctor_tables'),
      says: words('doctor_tables_behind', { count: pending.length }),
      advice: words('doctor_tables_apply'),
    };
  yield { what: words('doctor_tables'), says: words('doctor_tables_current') };
  yield* examineEndpoints(db, speech);
}

async function* examineEndpoints(db: Database, { words }: Speech): AsyncGenerator<Finding> {
  const { rows } = await db.$client.query<{ name: string; kind: string; enabled: boolean; health: string }>(
    'SELECT name, kind, enabled, health FROM endpoints ORDER BY name',
  );
  if (rows.length === 0)
    yield {
      what: words('doctor_endpoints'),
      says: words('doctor_endpoints_none'),
      advice: words('doctor_endpoints_add'),
    };
  for (const { name, kind, enabled, health } of rows)
    yield {
      what: words('doctor_endpoint', { name, kind }),
      says: enabled ? words('doctor_endpoint_health', { health }) : words('doctor_endpoint_off'),
      ...(enabled && health === 'down' && { advice: words('doctor_endpoint_start') }),
    };
}
