/** What runs for the generations feature in one process: listener, delivery, and with the worker role a worker. */

import { createPrincipalWatch } from '#features/accounts/server/index.ts';
import { readWake } from '#features/endpoints/server/index.ts';
import { type DatabaseAddress, openDatabase } from '#platform/database/database.ts';
import { type Listener, listen } from '#platform/database/listen.ts';
import type { Connections } from '#platform/database/split-connections.ts';
import { AppError } from '#platform/errors.ts';
import { QUEUE_TOPIC } from '#platform/live-bus/live-bus.ts';

import { seldom } from '#platform/log.ts';
import type { Principal } from '#platform/principal.ts';
import { say as sayInGeneral } from '#platform/say.ts';
import type { Sentence } from '#platform/sentences.ts';
import type { Services } from '#platform/services.ts';
import { CHANNELS } from '#platform/signals.ts';
import { lifeLockKey, startCaretaker } from './run/caretaker.ts';
import { startWorker, type Worker } from './run/worker.ts';
import { say } from './say.ts';
import { createDelivery, type Delivery } from './stream/delivery.ts';
import { createOpenStreams, type OpenStreams } from './stream/open-streams.ts';

export type GenerationsRuntime = {
  readonly services: Services;
  readonly delivery: Delivery;
  readonly worker: Worker | null;
  /** Calls `onRevoked` once when the principal may no longer read; returns how to stop watching. */
  watchPrincipal(principal: Principal, onRevoked: () => void): () => void;
  /** How many event streams each user has open here. */
  readonly openStreams: OpenStreams;
  /** Throws 503 once the process is on its way out, so that nobody joins a line it will not see move. */
  assertOpen(): void;
  /** Null while claims and wake-ups work, else what does not. */
  problem(): Sentence | null;
  /** Lets what was begun end for `graceMs`, hands the rest back, and stops. */
  close(graceMs: number): Promise<void>;
};

/** Starts it. `bus` parts: what a bus over NOTIFY needs from this connection. */
export async function startGenerations(
  services: Services,
  database: DatabaseAddress,
  connections: Connections,
  bus: { receive(payload: string): void; gap(): void },
): Promise<GenerationsRuntime> {
  const isWorker = services.config.roles.has('worker');
  let worker: Worker | null = null;
  let closing = false;
  let caretaker: (() => Promise<void>) | null = null;
  const open = (size: number) => openDatabase(database, services.log, size);
  const readers = open(connections.readers);
  const principals = createPrincipalWatch(services);
  const delivery = createDelivery(
    { ...services, db: readers },
    (generationId) => worker?.running.has(generationId) ?? false,
  );

  const queueChanged = (endpointId: string) => {
    worker?.wake(endpointId);
    delivery.queueChanged(endpointId);
  };
  const dropWake = seldom((dropped) =>
    services.log.warn({ dropped }, 'wake-ups that name no endpoint were dropped'),
  );
  const listener: Listener = await listen(database, services.log, {
    channels: [CHANNELS.wake, CHANNELS.bus],
    lockKey: lifeLockKey(services.bus.processId),
    onNotification(channel, payload) {
      if (channel === CHANNELS.bus) return bus.receive(payload);
      const wake = readWake(payload);
      // Our own sends and ends have woken us directly, without this hop.
      if (wake?.origin === services.bus.processId) delivery.queueChanged(wake.endpointId);
      else if (wake) queueChanged(wake.endpointId);
      else dropWake();
    },
    onReconnect() {
      worker?.wakeAll();
      bus.gap();
    },
  });
  const offQueue = services.bus.subscribe(QUEUE_TOPIC, ({ type, endpointId }) => {
    if (typeof endpointId !== 'string') return;
    if (type === 'enqueued') worker?.wake(endpointId);
    delivery.queueChanged(endpointId);
  });
  const own = isWorker ? { worker: open(connections.worker), flushes: open(connections.flushes) } : null;
  if (own) {
    worker = startWorker({ ...services, db: own.worker }, own.flushes);
    caretaker = startCaretaker(services, listener);
  }
  return {
    services,
    delivery,
    worker,
    watchPrincipal: principals.watch,
    openStreams: createOpenStreams(services.config, principals.watch),
    assertOpen() {
      if (!closing) return;
      const retryAt = new Date(Date.now() + services.clock.restartHintMs);
      throw new AppError('unavailable', say('closing'), { retryAt });
    },
    problem() {
      if (closing) return sayInGeneral('shutting_down');
      if (!listener.connected) return say('no_notifications');
      return worker && !worker.healthy ? say('no_claims') : null;
    },
    async close(graceMs) {
      closing = true;
      await worker?.drain(graceMs);
      await caretaker?.();
      await own?.worker.$client.end();
      await own?.flushes.$client.end();
      offQueue();
      await delivery.close();
      await principals.close();
      await readers.$client.end();
      await listener.close();
    },
  };
}
