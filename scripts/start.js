/** `npm start` where there is no shell: the same as `start.sh`, as a launcher that waits beside the program. */
import { buildWeb } from './steps/build-web.js';
import { install } from './steps/install.js';
import { runParley } from './steps/parley.js';
import { main } from './steps/run.js';

await main(async () => {
  await install({ withTests: false });
  await buildWeb();
  // `exec.cmd` hands on the line of package.json, which begins with the shell script's name.
  const given = process.argv.slice(2);
  return runParley(['serve', ...(given[0] === 'sh' ? given.slice(2) : given)]);
});
