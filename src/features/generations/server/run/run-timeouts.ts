/** The three timeouts of a running generation; the fourth, in the queue, is kept by the caretaker. */
import type { Timeouts } from '#features/endpoints/endpoints.ts';
import type { GenerationError } from '#features/messages/endings.ts';
import { type Sentence, toDetail } from '#platform/sentences.ts';
import { say } from '../say.ts';

export type TimeoutCode = 'timeout_first_token' | 'timeout_idle' | 'timeout_total' | 'timeout_queue';

/** Watches one run. Monotonic: a clock that is set does not fire it. */
export type RunTimeouts = {
  /** The model wrote something: from now on the pause between tokens counts. */
  progress(): void;
  clear(): void;
};

/** Starts the clocks of a run; `onTimeout` is called at most once. */
export function watchTimeouts(timeouts: Timeouts, onTimeout: (code: TimeoutCode) => void): RunTimeouts {
  let fired = false;
  const fire = (code: TimeoutCode) => () => {
    if (fired) return;
    fired = true;
    onTimeout(code);
  };
  const total = setTimeout(fire('timeout_total'), timeouts.totalMs);
  let waiting = setTimeout(fire('timeout_first_token'), timeouts.firstTokenMs);
  let writing = false;
  return {
    progress() {
      if (writing) {
        waiting.refresh();
        return;
      }
      writing = true;
      clearTimeout(waiting);
      waiting = setTimeout(fire('timeout_idle'), timeouts.idleMs);
    },
    clear() {
      fired = true;
      clearTimeout(total);
      clearTimeout(waiting);
    },
  };
}

const SAID = {
  timeout_queue: ['waited_too_long', 'queueMs'],
  timeout_first_token: ['model_did_not_begin', 'firstTokenMs'],
  timeout_idle: ['model_fell_silent', 'idleMs'],
  timeout_total: ['reply_took_too_long', 'totalMs'],
} as const satisfies Record<TimeoutCode, readonly [string, keyof Timeouts]>;

/** What a timeout says to people. */
export function timeoutSentence(code: TimeoutCode, timeouts: Timeouts): Sentence {
  const [reason, bound] = SAID[code];
  return say(reason, { seconds: Math.round(timeouts[bound] / 100) / 10 });
}

/** The error of a reply that a timeout ended. */
export const timeoutError = (code: TimeoutCode, timeouts: Timeouts): GenerationError => ({
  code,
  ...toDetail(timeoutSentence(code, timeouts)),
  retryable: true,
});
