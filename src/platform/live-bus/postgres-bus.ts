/** The live bus over PostgreSQL's NOTIFY: wake-ups and small messages between processes, never tokens. */
import type { Database, Queryable } from '#platform/database/database.ts';
import { type Logger, seldom } from '#platform/log.ts';
import { CHANNELS } from '#platform/signals.ts';
import type { BusMessage, LiveBus } from './live-bus.ts';
import { createLocalBus } from './local-bus.ts';
import { isOfShape, readObject, type Shapes } from './shapes.ts';

/** NOTIFY refuses payloads of 8,000 bytes and more. */
const MAX_PAYLOAD_BYTES = 7_900;
/** What comes together is sent together, and not while the send that it tells of is being claimed. */
const GATHER_MS = 5;
const SEND = 'SELECT pg_notify($1, payload) FROM unnest($2::text[]) AS payload';

export type PostgresBus = LiveBus & {
  /** Hands in what arrived on `CHANNELS.bus`. */
  receive(payload: string): void;
  /** Hands in a message that came from another process by whatever way; one that has not the shape of its topic is dropped. */
  admit(topic: unknown, message: unknown): void;
  gap(): void;
};

/**
 * Publishes to every process, this one included, once the transaction of `on` commits, and never if it does not. For
 * small messages that are rare: NOTIFY refuses what is large.
 */
export async function publishOnCommit(on: Queryable, topic: string, message: BusMessage): Promise<void> {
  await on.query('SELECT pg_notify($1, $2)', [CHANNELS.bus, JSON.stringify({ from: null, topic, message })]);
}

/** A bus whose messages reach the other processes through `NOTIFY`; `receive` must be fed by a listener. */
export function createPostgresBus(db: Database, log: Logger, shapes: Shapes): PostgresBus {
  const local = createLocalBus(log);
  const drop = seldom((dropped) =>
    log.warn({ dropped }, 'messages that are none of ours came over the live bus'),
  );
  let failing = false;
  let unsent: string[] = [];

  function notify(topic: string, message: BusMessage): void {
    let payload = JSON.stringify({ from: local.processId, topic, message });
    if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES)
      payload = JSON.stringify({ from: local.processId, topic, message: { type: 'gap' } });
    if (unsent.push(payload) === 1) setTimeout(send, GATHER_MS);
  }

  function send(): void {
    const values = [CHANNELS.bus, unsent];
    unsent = [];
    db.$client.query({ name: 'bus-notify', text: SEND, values }).then(
      () => {
        failing = false;
      },
      (error: Error) => {
        if (!failing) log.warn({ err: error }, 'a live message did not reach the other processes');
        failing = true;
      },
    );
  }

  function admit(topic: unknown, message: unknown): void {
    if (isOfShape(shapes, topic, message)) local.publish(topic as string, message);
    else drop();
  }

  return {
    ...local,
    publish(topic, message) {
      local.publish(topic, message);
      notify(topic, message);
    },
    publishElsewhere: notify,
    receive(payload) {
      const envelope = readObject(payload);
      // `from` is null from whoever committed it.
      if (!envelope) drop();
      else if (envelope.from !== local.processId) admit(envelope.topic, envelope.message);
    },
    admit,
  };
}
