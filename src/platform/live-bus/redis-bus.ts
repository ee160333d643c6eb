/**
 * The live bus with Redis or Valkey: tokens travel over Redis, everything small and rare stays on NOTIFY, which
 * commits with what it tells of. While Redis is away `carriesStreams` is false and readers fall back to the log.
 */
import { Redis } from 'ioredis';
import type { Logger } from '#platform/log.ts';
import { TOPICS } from '#platform/signals.ts';
import type { PostgresBus } from './postgres-bus.ts';
import { readObject } from './shapes.ts';

/** Longest wait between attempts to reach Redis; how long after its return streams stay on the slow way. */
const MAX_RETRY_MS = 2000;
const PREFIX = 'parley:';

/** Adds Redis to a bus. Never rejects: a Redis that is down at start is used as soon as it answers. */
export function createRedisBus(url: string, base: PostgresBus, log: Logger): PostgresBus {
  const publisher = connect(url);
  const subscriber = connect(url);
  const listeners = new Map<string, number>();
  let warned = false;

  for (const client of [publisher, subscriber]) {
    client.on('error', (error: Error) => {
      if (!warned)
        log.warn({ err: error }, 'Redis cannot be reached; live events are read from the database');
      warned = true;
    });
    client.on('close', () => {
      if (!warned) log.warn('the connection to Redis was lost; live events are read from the database');
      warned = true;
    });
  }
  subscriber.on('ready', () => {
    warned = false;
    const channels = [...listeners.keys()].map((topic) => PREFIX + topic);
    const subscribed = channels.length > 0 ? subscriber.subscribe(...channels) : Promise.resolve();
    subscribed.then(base.gap, () => {});
  });
  subscriber.on('message', (channel: string, text: string) => {
    const envelope = readObject(text);
    if (envelope?.from !== base.processId) base.admit(channel.slice(PREFIX.length), envelope?.message);
  });

  /** The first listener of a topic here: what was published until Redis knows of us was missed. */
  function join(topic: string): void {
    listeners.set(topic, (listeners.get(topic) ?? 0) + 1);
    if (listeners.get(topic) !== 1 || subscriber.status !== 'ready') return;
    subscriber.subscribe(PREFIX + topic).then(
      () => base.publishHere(topic, { type: 'joined' }),
      () => {},
    );
  }

  function leave(topic: string): void {
    const left = (listeners.get(topic) ?? 1) - 1;
    if (left > 0) {
      listeners.set(topic, left);
      return;
    }
    listeners.delete(topic);
    if (subscriber.status === 'ready') subscriber.unsubscribe(PREFIX + topic).catch(() => {});
  }

  return {
    ...base,
    get carriesStreams() {
      return publisher.status === 'ready' && subscriber.status === 'ready';
    },
    publishStream(topic, message) {
      base.publishHere(topic, message);
      if (publisher.status !== 'ready') return;
      publisher.publish(PREFIX + topic, JSON.stringify({ from: base.processId, message })).catch(() => {});
    },
    subscribe(topic, listener) {
      const off = base.subscribe(topic, listener);
      if (!topic.startsWith(`${TOPICS.generation}:`)) return off;
      join(topic);
      return () => {
        off();
        leave(topic);
      };
    },
    async close() {
      publisher.disconnect();
      subscriber.disconnect();
      await base.close();
    },
  };
}

const connect = (url: string): Redis =>
  new Redis(url, {
    // What cannot be sent now is stale later: the log has it.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    connectTimeout: 2000,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, MAX_RETRY_MS),
  });
