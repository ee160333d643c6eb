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

export const create = command({
  name: 'create',
  under: 'admin',
  description: 'Make an account that is an admin; the password is read from standard input',
  args: {
    email: { type: 'string', required: true, description: 'Email to sign in with' },
    name: { type: 'string', required: true, description: 'Name, as others see it' },
    ...dataFlags,
  },
  async run({ email, name, data }) {
    const config = configOf({ data });
    const password = await readPassword();
    const log = createLogger('fatal');
    const server = await openDatabaseServer(config, log);
    const db = openDatabase(server.address, log, 2);
    try {
      // A data folder that was never started has no tables yet.
      await migrate(db);
      await createAdmin({ db }, { email, name, password });
    } catch (error) {
      throw error instanceof AppError ? new CommandError(error.message) : explainStart(error, config);
    } finally {
      await db.$client.end();
      await server.close();
    }
    console.log(`${email} is an admin now.`);
  },
});
