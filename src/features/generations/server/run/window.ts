/** How much a model can read at once: its context window, in tokens as Parley estimates them. */
import { AppError } from '#platform/errors.ts';
import { estimateTokens } from '../queue/fair-share.ts';
import { say } from '../say.ts';

/** Assumed where the model's server does not say: more than most have, and room for the longest message there is. */
const UNKNOWN_WINDOW = 262_144;
/** No more is read for one reply, whatever a server says that its model can. */
const LARGEST_WINDOW = 2_000_000;
/** What is left for the reply, as a share of the window: where the sender does not say, and at most. */
const REPLY_SHARE = { usual: 1 / 8, most: 1 / 2 };

/** Tokens of a conversation that fit, with room for a reply of `maxTokens`. */
export function roomIn(contextWindow: number | null, maxTokens: number | undefined): number {
  const window = Math.min(contextWindow ?? UNKNOWN_WINDOW, LARGEST_WINDOW);
  const reply = Math.min(maxTokens ?? window * REPLY_SHARE.usual, window * REPLY_SHARE.most);
  return Math.floor(window - reply);
}

/** Refuses, with 413 `context_too_long`, a message that is longer by itself than all that its model is known to be able to read. */
export function assertFitsWindow(
  model: { modelId: string; contextWindow: number | null },
  text: string,
): void {
  const tokens = estimateTokens(text.length);
  if (model.contextWindow === null || tokens <= model.contextWindow) return;
  throw new AppError(
    'context_too_long',
    say('message_exceeds_window', { model: model.modelId, tokens, window: model.contextWindow }),
    { field: 'content' },
  );
}
