import type { GenerationError } from '#features/messages/endings.ts';

/** What is said of a reply whose worker went away while it was writing. */
export const WORKER_LOST: GenerationError = {
  code: 'worker_lost',
  detail: 'The server stopped while this was being written. What was written is kept; you can try again.',
  retryable: true,
};
