import { EventEmitter } from 'node:events';
import { newId } from '#platform/ids.ts';
import type { Logger } from '#platform/log.ts';
import type { LiveBus } from './live-bus.ts';

/**
 * The part of every bus that lives in this process; alone, it is the bus of a single process. A listener that fails is
 * written down, and neither keeps others from hearing nor ends whoever published, which may be a connection's event.
 */
export function createLocalBus(log?: Pick<Logger, 'error'>): LiveBus & { gap(): void } {
  const topics = new EventEmitter().setMaxListeners(0);
  const gaps = new Set<() => void>();
  const publish: LiveBus['publish'] = (topic, message) => void topics.emit(topic, message);
  const guarded =
    <Args extends unknown[]>(listener: (...args: Args) => void) =>
    (...args: Args) => {
      try {
        listener(...args);
      } catch (error) {
        log?.error({ err: error }, 'a listener of the live bus failed');
      }
    };
  return {
    processId: newId(),
    carriesStreams: false,
    publish,
    publishStream: publish,
    publishHere: publish,
    publishElsewhere: () => {},
    subscribe(topic, listener) {
      const heard = guarded(listener);
      topics.on(topic, heard);
      return () => void topics.off(topic, heard);
    },
    onGap(listener) {
      const heard = guarded(listener);
      gaps.add(heard);
      return () => void gaps.delete(heard);
    },
    gap() {
      for (const listener of gaps) listener();
    },
    close: async () => void topics.removeAllListeners(),
  };
}
