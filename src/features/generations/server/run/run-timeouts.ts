/** The three timeouts of a running generation; the fourth, in the queue, is kept by the caretaker. */
import type { Timeouts } from '#features/endpoints/endpoints.ts';
import type { GenerationError } from '#features/messages/endings.ts';

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

/** What a timeout says to people. */
export function timeoutError(code: TimeoutCode, timeouts: Timeouts): GenerationError {
  const detail = {
    timeout_queue: `The reply waited in line for ${seconds(timeouts.queueMs)} without its turn coming. Your message is kept; try again when it is quieter.`,
    timeout_first_token: `The model did not begin to answer within ${seconds(timeouts.firstTokenMs)}. It may be loading or overloaded; try again, or choose another model.`,
    timeout_idle: `The model wrote nothing more for ${seconds(timeouts.idleMs)}, so the reply was ended. What it had written is kept.`,
    timeout_total: `The reply took longer than the ${seconds(timeouts.totalMs)} allowed here, so it was ended. What it had written is kept.`,
  }[code];
  return { code, detail, retryable: true };
}

const seconds = (ms: number): string => {
  const value = Math.round(ms / 100) / 10;
  return value === 1 ? '1 second' : `${value} seconds`;
};
