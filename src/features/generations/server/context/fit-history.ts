/** Fitting a conversation into a window: the newest turns, whole. Pure. */
import type { TokenRatios } from '#features/endpoints/server/index.ts';
import type { Role } from '#features/messages/messages.ts';
import { type Tokens, tokensOf } from './estimate-tokens.ts';

/** A message of the branch. Without text it says nothing to a model, but is part of its turn. */
export type PastMessage = { id: string; role: Role; text: string; tokens: Tokens };

/** The branch above the message that is answered, oldest first. */
export type History = {
  /** What was read of it: all, or its newest part. */
  read: readonly PastMessage[];
  /** How many messages stand above that. */
  unread: number;
  /** What the branch begins with when that is the system's and was not read with the rest; it is one of the `unread`. */
  opening: PastMessage | null;
};

export type Fitted = { kept: PastMessage[]; omitted: number };

/**
 * Keeps what fits into `room` tokens: what the system said at the beginning first, then the newest turns (what a person said, with
 * all that answers it), until the next would not fit.
 */
export function fitHistory({ read, unread, opening }: History, room: number, ratios: TokenRatios): Fitted {
  const [first] = read;
  const system = opening ?? (unread === 0 && first?.role === 'system' ? first : null);
  let left = room;
  const head: PastMessage[] = [];
  if (system && costOf([system], ratios) <= left) {
    head.push(system);
    left -= costOf([system], ratios);
  }
  const rest = system === first ? read.slice(1) : read;
  const turns = turnsOf(rest, unread === 0);
  let from = turns.length;
  while (from > 0) {
    left -= costOf(turns[from - 1]!, ratios);
    if (left < 0) break;
    from--;
  }
  const newest = turns.slice(from).flat();
  const all = read.length + unread;
  return { kept: [...head, ...newest], omitted: all - head.length - newest.length };
}

const costOf = (messages: readonly PastMessage[], ratios: TokenRatios): number =>
  messages.reduce((sum, { text, tokens }) => sum + (text === '' ? 0 : tokensOf(tokens, ratios)), 0);

/** Turns, oldest first. What stands before the first question is a turn only if it `begins` the branch; else it is half of one. */
function turnsOf(messages: readonly PastMessage[], begins: boolean): PastMessage[][] {
  const turns: PastMessage[][] = [];
  for (const message of messages) {
    const last = turns.at(-1);
    if (message.role === 'user' || !last) turns.push([message]);
    else last.push(message);
  }
  return begins || turns[0]?.[0]?.role === 'user' ? turns : turns.slice(1);
}
