/** A process that takes a follow-up, says so, and never ends handing it over. The argument is its database's address. */
import { startFollowers } from '#features/generations/server/index.ts';
import { openDatabase } from '#platform/database/database.ts';
import { createLocalBus } from '#platform/live-bus/local-bus.ts';
import { createLogger } from '#platform/log.ts';
import { QUICK_CLOCK } from '#test/harness/clock.ts';
import { noter } from './kinds.ts';

const log = createLogger('silent');
const db = openDatabase({ url: process.argv[2]! }, log, 1);
const stuck = noter(() => {
  console.log('handing over');
  return new Promise(() => {});
});
startFollowers({ db, log, bus: createLocalBus(), clock: QUICK_CLOCK }, [stuck]);
