/** `parley admin create`: makes an admin, whether Parley runs or not, and whether there are others or not. */
import { createAdmin } from '#features/accounts/server/index.ts';
import { openDatabase } from '#platform/database/database.ts';
import { migrate } from '#platform/database/migrate.ts';
import { AppError } from '#platform/errors.ts';
import { createLogger } from '#platform/log.ts';
import { openDatabaseServer } from '#platform/open-database-server.ts';
import { CommandError, command } from '#terminal/command.ts';
import { readPassword } from '#terminal/read-password.ts';
import { configOf, dataFlags } from '../data-flags.ts';
import { explainStart } from '../explain-start.ts';
import type { Speech } from '../speech.ts';

export const create = (speech: Speech) =>
  command(speech.words, {
    name: 'create',
    under: 'admin',
    description: speech.words('about_admin_create'),
    args: {
      email: { type: 'string', required: true, description: speech.words('flag_email') },
      name: { type: 'string', required: true, description: speech.words('flag_name') },
      ...dataFlags(speech),
    },
    async run({ email, name, data }) {
      const config = configOf({ data });
      const password = await readPassword(speech.words);
      const log = createLogger('fatal');
      const server = await openDatabaseServer(config, log);
      const db = openDatabase(server.address, log, 2);
      try {
        // A data folder that was never started has no tables yet.
        await migrate(db);
        await createAdmin({ db }, { email, name, password });
      } catch (error) {
        throw error instanceof AppError
          ? new CommandError(speech.said(error.body()))
          : explainStart(error, config, speech);
      } finally {
        await db.$client.end();
        await server.close();
      }
      console.log(speech.words('admin_made', { email }));
    },
  });
