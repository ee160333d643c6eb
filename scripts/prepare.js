/** Installs what is missing, builds the page if it is stale, and prints which Node runs Parley. */
import { buildWeb } from './steps/build-web.js';
import { findNode } from './steps/find-node.js';
import { install } from './steps/install.js';
import { main } from './steps/run.js';

await main(async () => {
  await install({ withTests: false });
  await buildWeb();
  process.stdout.write(findNode());
  return 0;
});
