/** The program: finds the command in the arguments and runs it. Each command is loaded only when it is asked for. */
import { readFileSync } from 'node:fs';
import { defineCommand, runMain } from 'citty';
import { makeImportsQuick } from '#platform/quick-imports.ts';

makeImportsQuick();

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const main = defineCommand({
  meta: {
    name: 'parley',
    version,
    description: 'A self-hosted chat platform: a fair queue in front of your models',
  },
  subCommands: {
    serve: () => import('#features/ops/cli/serve.ts').then(({ serve }) => serve),
    migrate: () => import('#features/ops/cli/migrate.ts').then(({ migrate }) => migrate),
    doctor: () => import('#features/ops/cli/doctor.ts').then(({ doctor }) => doctor),
  },
});

await runMain(main);
