import { EventEmitter } from 'node:events';
import { newId } from '#platform/ids.ts';
import type { BusMessage, LiveBus } from './live-bus.ts';

/** The part of every bus that lives in this process; alone, it is the bus of a single process. */
export function createLocalBus(processId = newId()): LiveBus & { gap(): void } {
  const topics = new EventEmitter().setMaxListeners(0);
  const gaps = new Set<() => void>();
  const publish = (topic: string, message: BusMessage) => void topics.emit(topic, message);
  return {
    processId,
    carriesStreams: false,
    publish,
    publishStream: publish,
    publishHere: publish,
    publishElsewhere: () => {},
    subscribe(topic, listener) {
      topics.on(topic, listener);
      return () => void topics.off(topic, listener);
    },
    onGap(listener) {
      gaps.add(listener);
      return () => void gaps.delete(listener);
    },
    gap() {
      for (const listener of gaps) listener();
    },
    close: async () => void topics.removeAllListeners(),
  };
}
