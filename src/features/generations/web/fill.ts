/** How full a model's window is by what was said last. */
import type { Message } from '#features/messages/messages.ts';
import { ASSUMED_WINDOW } from '../rules.ts';

export type Fill = { messageId: string; tokens: number; window: number; omitted: number };

/** Below this share of the window there is nothing to say. */
const WORTH_SAYING = 0.6;

/**
 * What the next message will find in the window of a model: all that was sent for the last reply, and that reply. Null while there is
 * plenty of room, and nothing was left out.
 */
export function fillOf(messages: readonly Message[], contextWindow: number | null): Fill | null {
  const last = messages.findLast(({ ending }) => ending?.context);
  const stamp = last?.ending?.context;
  if (!last || !stamp) return null;
  const window = contextWindow ?? ASSUMED_WINDOW;
  const tokens = stamp.estimatedTokens + (last.ending!.outputTokens ?? 0);
  if (stamp.omitted === 0 && tokens < window * WORTH_SAYING) return null;
  return { messageId: last.id, tokens, window, omitted: stamp.omitted };
}
