/** The program: finds the command in the arguments and runs it. Each command is loaded only when it is asked for. */
import { readFileSync } from 'node:fs';
import { defineCommand, runMain } from 'citty';
import { endWithLauncher } from '#platform/end-with-launcher.ts';
import { makeImportsQuick } from '#platform/quick-imports.ts';

endWithLauncher();
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
    serve: () => import('#cli/serve.ts').then(({ serve }) => serve),
    chat: () => import('#cli/chat/chat.ts').then(({ chat }) => chat),
    migrate: () => import('#cli/migrate.ts').then(({ migrate }) => migrate),
    admin: () => import('#cli/admin/admin.ts').then(({ admin }) => admin),
    doctor: () => import('#cli/doctor.ts').then(({ doctor }) => doctor),
  },
});

// A flag whose value may be left out: bare, it must not swallow the next one.
const rawArgs = process.argv
  .slice(2)
  .map((given, at, all) => (given === '--resume' && /^(-|$)/.test(all[at + 1] ?? '') ? '--resume=' : given));
await runMain(main, { rawArgs });
