/** `parley migrate`: brings the tables up to date without serving. */

import { openDatabase } from '#platform/database/database.ts';
import { migrate as applyMigrations } from '#platform/database/migrate.ts';
import { createLogger } from '#platform/log.ts';
import { openDatabaseServer } from '#platform/open-database-server.ts';
import { command } from '#terminal/command.ts';
import { configOf, dataFlags } from './data-flags.ts';
import { explainStart } from './explain-start.ts';

export const migrate = command({
  name: 'migrate',
  description: 'Bring the database to this version (serve does it too)',
  args: dataFlags,
  async run(args) {
    const config = configOf(args);
    const log = createLogger(config.logLevel);
    const server = await openDatabaseServer(config, log);
    const db = openDatabase(server.address, log, 2);
    try {
      const applied = await applyMigrations(db);
      for (const name of applied) console.log(`applied ${name}`);
      if (applied.length === 0) console.log('The database is up to date.');
    } catch (error) {
      throw explainStart(error, config);
    } finally {
      await db.$client.end();
      await server.close();
    }
  },
});
