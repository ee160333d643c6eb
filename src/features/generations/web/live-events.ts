/** What comes over the live connection, put where it is drawn from: once per animation frame, in order. */
import type { Chat, Message } from '#features/chats/chats.ts';
import {
  dropChat,
  receiveChat,
  refreshChats,
  refreshMessages,
  storeReply,
} from '#features/chats/web/chat-cache.ts';
import { acknowledge, sendWaiting } from '#features/chats/web/outbox.ts';
import { api } from '#web/api/http.ts';
import type { LiveFrame } from '#web/live/live-connection.ts';
import { sendLive } from '#web/live/live-connection.ts';
import type { Generation } from '../generations.ts';
import type { LoggedEvent, MessageSnapshot, QueueUpdate } from '../stream-events.ts';
import {
  advanceAll,
  forgetOldReplies,
  hasEnded,
  type LiveReply,
  noteReply,
  type ReplyFrame,
  useReplies,
} from './replies.ts';

const LOGGED: ReadonlySet<string> = new Set<LoggedEvent['type']>([
  'message_start',
  'content_delta',
  'reasoning_delta',
  'tool_call',
  'tool_result',
  'message_end',
  'error',
]);

type Pending = { generationId: string; chatId?: string; frame: ReplyFrame };
let pending: Pending[] = [];
let connectedBefore = false;
/** Called with each reply that ends while the page watches. */
let onEnded: (live: LiveReply) => void = () => {};
export const whenReplyEnds = (listener: typeof onEnded): void => {
  onEnded = listener;
};

/** Takes one frame of the live connection. Types it does not know are ignored, as the contract asks. */
export function receiveFrame({ type, payload }: LiveFrame): void {
  const frame = toReplyFrame(type, payload);
  if (frame) enqueue({ ...ids(payload), frame });
  else {
    // What follows may concern replies whose events are still pending.
    flush();
    HANDLERS[type]?.(payload);
  }
}

const HANDLERS: Record<string, (payload: Record<string, unknown>) => void> = {
  ready: () => resume(),
  resync: () => resume(),
  user_message_saved: (payload) =>
    acknowledge(payload as { message: Message; reply: Message; generation: Generation }),
  chat_saved: (payload) => receiveChat(payload.chat as Chat),
  chat_deleted: (payload) => dropChat(String(payload.chatId)),
  rejected: (payload) => rejected(String(payload.ref ?? '')),
};

function toReplyFrame(type: string, payload: Record<string, unknown>): ReplyFrame | null {
  if (type === 'queue_update') return { kind: 'queue', data: payload as unknown as QueueUpdate };
  if (type === 'message_snapshot') return { kind: 'snapshot', data: payload as unknown as MessageSnapshot };
  if (!LOGGED.has(type)) return null;
  return {
    kind: 'event',
    event: { type, data: payload } as unknown as LoggedEvent,
    seq: Number(payload.seq),
  };
}

const ids = (payload: Record<string, unknown>): { generationId: string; chatId?: string } => ({
  generationId: String(payload.generationId),
  ...(typeof payload.chatId === 'string' && { chatId: payload.chatId }),
});

function enqueue(frame: Pending): void {
  pending.push(frame);
  if (pending.length > 1) return;
  // A hidden page gets no animation frames, and must not pile up events for hours.
  if (document.hidden) setTimeout(flush, 250);
  else requestAnimationFrame(flush);
}

function flush(): void {
  if (pending.length === 0) return;
  const frames = pending;
  pending = [];
  const { gaps, ended } = advanceAll(frames);
  for (const [generationId, after] of gaps) subscribe(generationId, after);
  for (const { generationId } of frames) void placeInChat(generationId);
  for (const live of ended) {
    storeReply(live);
    onEnded(live);
  }
  if (ended.length > 0) forgetOldReplies();
}

/** Generations that are being asked about, or were. */
const asked = new Set<string>();

/** Events name the generation only; which chat it belongs to is asked once where that is not known. */
async function placeInChat(generationId: string): Promise<void> {
  if (useReplies.getState().replies[generationId]?.chatId !== null || asked.has(generationId)) return;
  asked.add(generationId);
  try {
    const { chatId, messageId, model } = await api<Generation>('GET', `/api/v1/generations/${generationId}`);
    noteReply(generationId, { chatId, messageId, model });
  } catch {
    asked.delete(generationId);
  }
}

/** Asks for a generation's events after a place; without one, for a snapshot and what follows. */
export function subscribe(generationId: string, after: number): void {
  sendLive('subscribe', { generationId, ref: `subscribe:${generationId}`, ...(after > 0 && { after }) });
}

/** After (re)connecting: catches up on everything that was going on, and on what the gap may have hidden. */
function resume(): void {
  for (const live of Object.values(useReplies.getState().replies))
    if (!hasEnded(live.reply.state)) subscribe(live.generationId, live.reply.seq);
  if (connectedBefore) {
    void refreshChats();
    void refreshMessages();
  }
  connectedBefore = true;
  sendWaiting();
}

/** A generation we cannot follow is gone or ended long ago: the stored message tells the rest. */
function rejected(ref: string): void {
  if (ref.startsWith('subscribe:')) void refreshMessages();
}
