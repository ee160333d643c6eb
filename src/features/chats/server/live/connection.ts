/** One WebSocket: the readers it holds, and how events are put on it. Same events as over SSE, as `{type, payload}`. */
import type { WebSocket } from 'ws';
import type { Delivery, LogEntry, OpenReader, Sink } from '#features/generations/server/index.ts';
import { watchBacklog } from '#features/generations/server/index.ts';

/** 1013: try again later, the code for a client that was too slow. */
const TOO_SLOW = 1013;

export type Connection = {
  /** Sends `{type, payload}`. */
  send(type: string, payload: unknown): void;
  /** Tails a generation from `after` (as for `Delivery.open`), in place of an earlier reader of the same one. */
  follow(generationId: string, after: number | null): Promise<void>;
  /** True while a reader of it is open. */
  follows(generationId: string): boolean;
  close(): void;
};

/** Wraps an open socket of a user. */
export function createConnection(socket: WebSocket, delivery: Delivery, userId: string): Connection {
  const readers = new Map<string, { reader: OpenReader | null }>();
  const tooSlow = watchBacklog(() => socket.bufferedAmount);
  let closed = false;

  function sendAll(frames: readonly Buffer[]): void {
    if (closed || socket.readyState !== socket.OPEN) return;
    let written = 0;
    for (const frame of frames) {
      socket.send(frame, AS_TEXT);
      written += frame.length;
    }
    if (tooSlow(written)) {
      socket.close(TOO_SLOW, 'too slow');
      socket.terminate();
    }
  }

  function sinkFor(generationId: string, slot: { reader: OpenReader | null }): Sink {
    const current = () => readers.get(generationId) === slot;
    return {
      entries(entries) {
        if (current()) sendAll(entries.map((entry) => encodeEntry(generationId, entry)));
      },
      snapshot(snapshot) {
        if (current()) sendAll([encode('message_snapshot', { ...snapshot, generationId })]);
      },
      queueUpdate(update) {
        if (current()) sendAll([encode('queue_update', { ...update, generationId })]);
      },
      end() {
        if (current()) readers.delete(generationId);
      },
    };
  }

  return {
    send: (type, payload) => sendAll([encode(type, payload)]),
    async follow(generationId, after) {
      readers.get(generationId)?.reader?.close();
      const slot: { reader: OpenReader | null } = { reader: null };
      readers.set(generationId, slot);
      const opened = await delivery.open(userId, generationId, after, sinkFor(generationId, slot));
      if (typeof opened === 'string') {
        if (readers.get(generationId) === slot) readers.delete(generationId);
        return;
      }
      slot.reader = opened;
      if (closed || readers.get(generationId) !== slot) opened.close();
    },
    follows: (generationId) => readers.has(generationId),
    close() {
      closed = true;
      for (const slot of readers.values()) slot.reader?.close();
      readers.clear();
    },
  };
}

const AS_TEXT = { binary: false } as const;

const encode = (type: string, payload: unknown): Buffer => Buffer.from(JSON.stringify({ type, payload }));

const encoded = new WeakMap<LogEntry, Buffer>();

/**
 * The entry's data is JSON already; generation and number are added to it without parsing. Made once, however many read it,
 * and held once, however many of them are behind.
 */
function encodeEntry(generationId: string, entry: LogEntry): Buffer {
  const known = encoded.get(entry);
  if (known) return known;
  const data = entry.json === '{}' ? '{' : `${entry.json.slice(0, -1)},`;
  const bytes = Buffer.from(
    `{"type":"${entry.type}","payload":${data}"generationId":"${generationId}","seq":${entry.seq}}}`,
  );
  encoded.set(entry, bytes);
  return bytes;
}
