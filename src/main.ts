/** The program: finds the command in the arguments and runs it. Each command is loaded only when it is asked for. */
import { defineCommand, runMain } from 'citty';

const main = defineCommand({
  meta: {
    name: 'parley',
    description: 'A self-hosted chat platform with a fair queue in front of your models.',
  },
  subCommands: {
    serve: () => import('#features/ops/cli/serve.ts').then((module) => module.serve),
  },
});

await runMain(main);
