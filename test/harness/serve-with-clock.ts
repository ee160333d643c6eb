/** `parley serve` on a clock of the test's own: the argument, as JSON over the real one. See `process.ts`. */
import { makeImportsQuick } from '#platform/quick-imports.ts';

makeImportsQuick();
const { loadConfig } = await import('#config');
const { REAL_CLOCK } = await import('#platform/clock.ts');
const { runServer } = await import('#cli/run-server.ts');

await runServer(loadConfig(), { ...REAL_CLOCK, ...JSON.parse(process.argv[2]!) });
// As the command does: what lingers, such as a kept connection to a model, is not waited for.
process.exit(0);
