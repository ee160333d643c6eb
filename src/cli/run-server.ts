/** What `parley serve` does: starts a Parley, says where it is, and ends it in order when it is told to. */
import { type Parley, startParley } from '#app';
import type { Config } from '#config';
import { writeAddress } from '#platform/address-file.ts';
import { type Clock, REAL_CLOCK } from '#platform/clock.ts';
import { createLogger } from '#platform/log.ts';
import { type DatabaseServer, openDatabaseServer } from '#platform/open-database-server.ts';
import { explainStart } from './explain-start.ts';
import { createSpeech, type Speech } from './speech.ts';
import { tellSetUp } from './tell-set-up.ts';

/** Serves until a signal to stop. Another clock than the real one is for tests. */
export async function runServer(
  config: Config,
  clock: Clock = REAL_CLOCK,
  speech: Speech = createSpeech('en'),
): Promise<void> {
  // Listening before anything is started, so that a signal during the start ends what has been started by then.
  const stop = stopSignal(speech);
  let server: DatabaseServer | undefined;
  let parley: Parley | undefined;
  let removeAddress: (() => Promise<void>) | undefined;
  try {
    server = await openDatabaseServer(config, createLogger(config.logLevel));
    if (stop.given()) return;
    parley = await startParley(config, server.address, clock);
    const { localAddress: address, services } = parley;
    if (address) removeAddress = await writeAddress(config.dataDir, { address, identity: services.identity });
    // In English always: programs wait for these lines.
    await tellSetUp(parley, config);
    console.log(parley.address ? `Parley is ready at ${parley.address}` : 'Parley worker is ready');
    await stop.signal;
  } catch (error) {
    throw explainStart(error, config, speech);
  } finally {
    await removeAddress?.();
    await parley?.close();
    await server?.close();
  }
}

/** A signal that comes again this soon is the same Ctrl-C, passed on by npm or a launcher as well. */
const SAME_SIGNAL_MS = 1_500;

/** `signal` resolves at the first signal to stop; one more, later, ends the process without waiting. */
function stopSignal({ words }: Speech): { signal: Promise<void>; given(): boolean } {
  let first: number | undefined;
  const signal = new Promise<void>((resolve) => {
    const onSignal = () => {
      first ??= performance.now();
      resolve();
      if (performance.now() - first < SAME_SIGNAL_MS) return;
      console.error(words('ending_now'));
      process.exit(1);
    };
    // SIGHUP: the terminal was closed.
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, onSignal);
  });
  return { signal, given: () => first !== undefined };
}
