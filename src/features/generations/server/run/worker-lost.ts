import type { GenerationError } from '#features/messages/endings.ts';
import { toDetail } from '#platform/sentences.ts';
import { say } from '../say.ts';

/** What is said of a reply whose worker went away while it was writing. */
export const WORKER_LOST: GenerationError = {
  code: 'worker_lost',
  ...toDetail(say('server_stopped')),
  retryable: true,
};
