/** What comes over the live connection about replies, put where it is drawn from: once per animation frame, in order. */
import { api } from '#web/api/http.ts';
import { type LiveFrame, sendLive } from '#web/live/live-connection.ts';
import type { Generation } from '../generations.ts';
import { isTerminalState } from '../rules.ts';
import type { LoggedEvent, MessageSnapshot, QueueUpdate } from '../stream-events.ts';
import {
  advanceAll,
  forgetOldReplies,
  type LiveReply,
  noteReply,
  type ReplyFrame,
  useReplies,
} from './replies.ts';

type Pending = { generationId: string; chatId?: string; frame: ReplyFrame };
let pending: Pending[] = [];
type Payload = LiveFrame['payload'];
const endListeners = new Set<(live: LiveReply) => void>();
const frameHandlers = new Map<string, (payload: Payload) => void>();

/** Calls `listener` with each reply that ends while the page watches; in the order of these calls. Returns how to stop. */
export function whenReplyEnds(listener: (live: LiveReply) => void): () => void {
  endListeners.add(listener);
  return () => void endListeners.delete(listener);
}

/** Registers what is to be done with frames of a type that are not about one reply. */
export function onFrame(type: string, handler: (payload: Payload) => void): void {
  frameHandlers.set(type, handler);
}

/** Takes one frame of the live connection. Types nobody registered for are ignored, as the contract asks. */
export function receiveFrame({ type, payload }: LiveFrame): void {
  const frame = toReplyFrame(type, payload);
  if (frame) {
    enqueue({ ...ids(payload), frame });
    return;
  }
  // What follows may concern replies whose events are still pending.
  flush();
  if (type === 'ready' || type === 'resync') resume();
  frameHandlers.get(type)?.(payload);
}

function toReplyFrame(type: string, payload: Record<string, unknown>): ReplyFrame | null {
  if (type === 'queue_update') return { kind: 'queue', data: payload as unknown as QueueUpdate };
  if (type === 'message_snapshot') return { kind: 'snapshot', data: payload as unknown as MessageSnapshot };
  // By its number, not by its name: an event of a newer server must move the reader on as well.
  if (typeof payload.seq !== 'number') return null;
  return {
    kind: 'event',
    event: { type, data: payload } as unknown as LoggedEvent,
    seq: payload.seq,
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
  for (const live of ended) for (const listener of endListeners) listener(live);
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

/** Within this something is heard of every reply that was asked for. */
const NEWS_MS = 2000;

/**
 * Asks about a reply of which nothing has come by itself: it may have been written while the connection was being made, which
 * then knows of nothing that goes on.
 */
export function expectNews(generationId: string): void {
  setTimeout(() => {
    const live = useReplies.getState().replies[generationId];
    if (live && live.queue === null && live.reply.seq === 0) subscribe(generationId, 0);
  }, NEWS_MS);
}

/** After (re)connecting: catches up on everything that was going on. */
function resume(): void {
  for (const live of Object.values(useReplies.getState().replies))
    if (!isTerminalState(live.reply.state)) subscribe(live.generationId, live.reply.seq);
}
