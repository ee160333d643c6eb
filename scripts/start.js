/** `npm start`: installs what is missing, builds the page if it is stale, then runs `parley serve` with the given flags. */
import { buildWeb } from './steps/build-web.js';
import { install } from './steps/install.js';
import { runParley } from './steps/parley.js';
import { main } from './steps/run.js';

await main(async () => {
  await install({ withTests: false });
  await buildWeb();
  return runParley(['serve', ...process.argv.slice(2)]);
});
