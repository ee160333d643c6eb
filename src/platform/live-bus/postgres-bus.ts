/** The live bus over PostgreSQL's NOTIFY: wake-ups and small messages between processes, never tokens. */
import type { Database } from '#platform/database/database.ts';
import type { Logger } from '#platform/log.ts';
import type { BusMessage, LiveBus } from './live-bus.ts';
import { createLocalBus } from './local-bus.ts';

export const BUS_CHANNEL = 'parley_bus';
/** NOTIFY refuses payloads of 8,000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7_900;

export type PostgresBus = LiveBus & {
  /** Hands in what arrived on `BUS_CHANNEL`. */
  receive(payload: string): void;
  gap(): void;
};

/** A bus whose messages reach the other processes through `NOTIFY`; `receive` must be fed by a listener. */
export function createPostgresBus(db: Database, log: Logger): PostgresBus {
  const local = createLocalBus();
  let failing = false;

  function notify(topic: string, message: BusMessage): void {
    let payload = JSON.stringify({ from: local.processId, topic, message });
    if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES)
      payload = JSON.stringify({ from: local.processId, topic, message: { type: 'gap' } });
    db.$client
      .query({ name: 'bus-notify', text: 'SELECT pg_notify($1, $2)', values: [BUS_CHANNEL, payload] })
      .then(
        () => {
          failing = false;
        },
        (error: Error) => {
          if (!failing) log.warn({ err: error }, 'a live message did not reach the other processes');
          failing = true;
        },
      );
  }

  return {
    ...local,
    publish(topic, message) {
      local.publish(topic, message);
      notify(topic, message);
    },
    receive(payload) {
      const { from, topic, message } = JSON.parse(payload) as {
        from: string;
        topic: string;
        message: BusMessage;
      };
      if (from !== local.processId) local.publish(topic, message);
    },
  };
}
