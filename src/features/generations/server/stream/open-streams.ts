/** The event streams that are open here: how many a user may have, and until when. */
import type { Config } from '#config';
import { AppError } from '#platform/errors.ts';
import { countOpen } from '#platform/http/count-open.ts';
import type { Principal } from '#platform/principal.ts';
import { say } from '../say.ts';

/** Tabs, devices and programs of one user at one process; more is a mistake or an attack. */
export const MAX_STREAMS_PER_USER = 250;

export type OpenStreams = {
  /** Throws 429 when the user has as many streams open as may be. Call it before anything is done for another one. */
  assertRoom(principal: Principal): void;
  /** Counts one that is opened, and calls `onRevoked` when its principal may no longer read; returns how to end both. */
  watch(principal: Principal, onRevoked: () => void): () => void;
};

/** Begins counting; without rate limits nobody is refused. */
export function createOpenStreams(
  { rateLimits }: Pick<Config, 'rateLimits'>,
  watchPrincipal: (principal: Principal, onRevoked: () => void) => () => void,
): OpenStreams {
  const open = countOpen(rateLimits ? MAX_STREAMS_PER_USER : Number.POSITIVE_INFINITY);
  return {
    assertRoom({ userId }) {
      if (!open.hasRoom(userId))
        throw new AppError('rate_limited', say('streams_full', { most: MAX_STREAMS_PER_USER }));
    },
    watch(principal, onRevoked) {
      const leave = open.enter(principal.userId);
      const stopWatching = watchPrincipal(principal, onRevoked);
      return () => {
        stopWatching();
        leave?.();
      };
    },
  };
}
