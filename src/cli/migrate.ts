/** `parley migrate`: brings the tables up to date without serving. */

import { openDatabase } from '#platform/database/database.ts';
import { migrate as applyMigrations } from '#platform/database/migrate.ts';
import { createLogger } from '#platform/log.ts';
import { openDatabaseServer } from '#platform/open-database-server.ts';
import { command } from '#terminal/command.ts';
import { configOf, dataFlags } from './data-flags.ts';
import { explainStart } from './explain-start.ts';
import type { Speech } from './speech.ts';

export const migrate = (speech: Speech) =>
  command(speech.words, {
    name: 'migrate',
    description: speech.words('about_migrate'),
    args: dataFlags(speech),
    async run(args) {
      const config = configOf(args);
      const log = createLogger(config.logLevel);
      const server = await openDatabaseServer(config, log);
      const db = openDatabase(server.address, log, 2);
      try {
        const applied = await applyMigrations(db);
        for (const name of applied) console.log(speech.words('migration_applied', { name }));
        if (applied.length === 0) console.log(speech.words('database_current'));
      } catch (error) {
        throw explainStart(error, config, speech);
      } finally {
        await db.$client.end();
        await server.close();
      }
    },
  });
