/** The replies that are being written, as far as their events have come; drawn from here until they are stored. */
import { create } from 'zustand';
import { applyEvent, applySnapshot, EMPTY_REPLY, type ReplyState } from '../apply-event.ts';
import { isTerminalState } from '../rules.ts';
import type { LoggedEvent, MessageSnapshot, QueueUpdate } from '../stream-events.ts';

/** One reply that is, or lately was, waiting or being written. Times are this browser's, in milliseconds. */
export type LiveReply = {
  readonly generationId: string;
  readonly chatId: string | null;
  readonly messageId: string | null;
  /** The model's id, once known. */
  readonly model: string | null;
  readonly reply: ReplyState;
  readonly queue: QueueUpdate | null;
  /** When its estimate was told. */
  readonly queueSince: number;
  /** When the present stage began. */
  readonly stageSince: number;
  /** When reasoning began and ended; null before. */
  readonly reasoningFrom: number | null;
  readonly reasoningTo: number | null;
  /** Somebody pressed stop here, and the end has not come yet. */
  readonly stopping: boolean;
};

export type Replies = { readonly [generationId: string]: LiveReply };
export const useReplies = create<{ replies: Replies }>(() => ({ replies: {} }));

/** A frame about one generation, in the order it came. */
export type ReplyFrame =
  | { kind: 'queue'; data: QueueUpdate }
  | { kind: 'snapshot'; data: MessageSnapshot }
  | { kind: 'event'; event: LoggedEvent; seq: number };

const blank = (generationId: string): LiveReply => ({
  generationId,
  chatId: null,
  messageId: null,
  model: null,
  reply: EMPTY_REPLY,
  queue: null,
  queueSince: Date.now(),
  stageSince: Date.now(),
  reasoningFrom: null,
  reasoningTo: null,
  stopping: false,
});

/** True while it stands in line; from its claim on it has no place any more, although nothing may be written yet. */
export const isWaiting = (live: LiveReply): boolean =>
  live.reply.state === 'queued' && live.queue?.position !== null;

/** Makes sure a generation is known here, with what is known about it from elsewhere. */
export function noteReply(generationId: string, known: Partial<LiveReply>): void {
  useReplies.setState(({ replies }) => ({
    replies: { ...replies, [generationId]: { ...(replies[generationId] ?? blank(generationId)), ...known } },
  }));
}

/** Ended replies kept here beside their stored messages; more would only cost memory. */
const MOST_ENDED = 50;

/** Forgets the oldest ended replies: their messages are stored and read from the server. */
export function forgetOldReplies(): void {
  const ended = Object.values(useReplies.getState().replies).filter((live) =>
    isTerminalState(live.reply.state),
  );
  const old = new Set(ended.slice(0, -MOST_ENDED));
  if (old.size === 0) return;
  useReplies.setState(({ replies }) => ({
    replies: Object.fromEntries(Object.entries(replies).filter(([, live]) => !old.has(live))),
  }));
}

/** The reply after one more frame; the same object when nothing changed. `gap`: an earlier event is missing. */
export function advance(live: LiveReply, frame: ReplyFrame): { live: LiveReply; gap: boolean } {
  switch (frame.kind) {
    case 'queue':
      if (isTerminalState(live.reply.state)) return { live, gap: false };
      return { live: withStage(live, { ...live, queue: frame.data, queueSince: Date.now() }), gap: false };
    case 'snapshot': {
      if (frame.data.seq < live.reply.seq) return { live, gap: false };
      const messageId = frame.data.messageId;
      return { live: timed({ ...live, messageId, reply: applySnapshot(frame.data) }), gap: false };
    }
    case 'event': {
      if (frame.seq > live.reply.seq + 1) return { live, gap: true };
      const reply = applyEvent(live.reply, frame.event, frame.seq);
      if (reply === live.reply) return { live, gap: false };
      const start = frame.event.type === 'message_start' ? frame.event.data : null;
      const known = start ? { messageId: start.messageId, model: start.model } : {};
      return { live: timed(withStage(live, { ...live, ...known, reply })), gap: false };
    }
  }
}

function withStage(before: LiveReply, after: LiveReply): LiveReply {
  const changed = before.queue?.stage !== after.queue?.stage || before.reply.state !== after.reply.state;
  return changed ? { ...after, stageSince: Date.now() } : after;
}

/** Notes when reasoning began and when the answer took over. */
function timed(live: LiveReply): LiveReply {
  const last = live.reply.content.at(-1)?.type;
  const { reasoningFrom, reasoningTo } = live;
  if (last === 'reasoning' && reasoningFrom === null) return { ...live, reasoningFrom: Date.now() };
  const over = last !== 'reasoning' || isTerminalState(live.reply.state);
  if (reasoningFrom !== null && reasoningTo === null && over) return { ...live, reasoningTo: Date.now() };
  return live;
}

/** Applies many frames at once and says which generations miss an event, with the place each stands at. */
export function advanceAll(frames: readonly { generationId: string; frame: ReplyFrame; chatId?: string }[]): {
  gaps: Map<string, number>;
  ended: LiveReply[];
} {
  const gaps = new Map<string, number>();
  const ended: LiveReply[] = [];
  const replies: Record<string, LiveReply> = { ...useReplies.getState().replies };
  for (const { generationId, frame, chatId } of frames) {
    const before = replies[generationId] ?? { ...blank(generationId), chatId: chatId ?? null };
    const { live, gap } = advance(before, frame);
    replies[generationId] = chatId && live.chatId === null ? { ...live, chatId } : live;
    if (gap) gaps.set(generationId, live.reply.seq);
    else gaps.delete(generationId);
    if (!isTerminalState(before.reply.state) && isTerminalState(live.reply.state)) ended.push(live);
  }
  useReplies.setState({ replies });
  return { gaps, ended };
}

/** The replies of a chat that wait or are being written. */
export function runningIn(replies: Replies, chatId: string | null): LiveReply[] {
  return Object.values(replies).filter(
    (live) => live.chatId === chatId && !isTerminalState(live.reply.state),
  );
}
