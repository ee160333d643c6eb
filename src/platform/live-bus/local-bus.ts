import { EventEmitter } from 'node:events';
import type { LiveBus } from './live-bus.ts';

/** The live bus of a single process. */
export function createLocalBus(): LiveBus {
  const topics = new EventEmitter().setMaxListeners(0);
  return {
    publish: (topic, message) => void topics.emit(topic, message),
    subscribe(topic, listener) {
      topics.on(topic, listener);
      return () => void topics.off(topic, listener);
    },
    onGap: () => () => {},
    close: async () => void topics.removeAllListeners(),
  };
}
