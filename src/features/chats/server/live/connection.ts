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

/** Wraps an open socket. */
export function createConnection(socket: WebSocket, delivery: Delivery): Connection {
  const readers = new Map<string, { reader: OpenReader | null }>();
  const tooSlow = watchBacklog(() => socket.bufferedAmount);
  let closed = false;

  function sendTexts(texts: readonly string[]): void {
    if (closed || socket.readyState !== socket.OPEN) return;
    let written = 0;
    for (const text of texts) {
      socket.send(text);
      written += text.length;
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
        if (current()) sendTexts(entries.map((entry) => encodeEntry(generationId, entry)));
      },
      snapshot(snapshot) {
        if (current()) sendTexts([encode('message_snapshot', { ...snapshot, generationId })]);
      },
      queueUpdate(update) {
        if (current()) sendTexts([encode('queue_update', { ...update, generationId })]);
      },
      end() {
        if (current()) readers.delete(generationId);
      },
    };
  }

  return {
    send: (type, payload) => sendTexts([encode(type, payload)]),
    async follow(generationId, after) {
      readers.get(generationId)?.reader?.close();
      const slot: { reader: OpenReader | null } = { reader: null };
      readers.set(generationId, slot);
      const opened = await delivery.open(generationId, after, sinkFor(generationId, slot));
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

const encode = (type: string, payload: unknown): string => JSON.stringify({ type, payload });

/** The entry's data is JSON already; generation and number are added to it without parsing. */
function encodeEntry(generationId: string, entry: LogEntry): string {
  const data = entry.json === '{}' ? '{' : `${entry.json.slice(0, -1)},`;
  return `{"type":"${entry.type}","payload":${data}"generationId":"${generationId}","seq":${entry.seq}}}`;
}
