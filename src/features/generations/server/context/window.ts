/** How much a model can read at once: its context window, in tokens, and what of it is left for the answer. */

/** Assumed where nobody says: what small local models have. */
export const ASSUMED_WINDOW = 8_192;
/** No more is read for one reply, whatever a server says that its model can. */
const LARGEST_WINDOW = 2_000_000;
/** Left for an answer of which the sender does not say how long it may be: a share of the window, and at most so many tokens. */
const RESERVED = { share: 1 / 4, most: 4_096 };

export type Window = {
  tokens: number;
  /** An admin or the model's server says so; else it is assumed, and nothing is refused for it. */
  isKnown: boolean;
  /** Kept free for the answer. */
  reserved: number;
  /** What is left for all that the model reads. */
  room: number;
};

/** The window of a model of which `known` is known, for an answer of at most `maxTokens`. */
export function windowOf(known: number | null, maxTokens: number | undefined): Window {
  const tokens = Math.min(known ?? ASSUMED_WINDOW, LARGEST_WINDOW);
  const reserved = maxTokens ?? Math.min(Math.floor(tokens * RESERVED.share), RESERVED.most);
  return { tokens, isKnown: known !== null, reserved, room: tokens - reserved };
}
