/** A generation's events as Server-Sent Events. */
import type { FastifyReply } from 'fastify';
import { isTerminalEvent } from '../../rules.ts';
import type { UserMessageSaved } from '../../stream-events.ts';
import { watchBacklog } from './backlog.ts';
import type { Delivery, OpenReader } from './delivery.ts';
import type { LogEntry } from './log-entry.ts';
import type { Sink } from './reader.ts';

export type EventStreamOptions = {
  /** Who reads. */
  userId: string;
  generationId: string;
  /** As for `Delivery.open`. */
  after: number | null;
  /** Told first, to the sender of a message. */
  saved?: UserMessageSaved;
  /** Ends the stream early, as when its user is disabled; returns how to stop watching. */
  untilRevoked(close: () => void): () => void;
};

/**
 * Answers with the event stream of a generation, or with 204 when the reader has the last event already. The
 * answer ends after the last event. A reader that goes away changes nothing.
 */
export async function streamEvents(
  reply: FastifyReply,
  delivery: Delivery,
  options: EventStreamOptions,
): Promise<void> {
  const raw = reply.raw;
  let head = false;
  let reader: OpenReader | null = null;
  let ended = false;

  const tooSlow = watchBacklog(() => raw.writableLength);
  const write = (...frames: readonly Buffer[]) => {
    if (ended) return;
    if (!head) {
      head = true;
      reply.hijack();
      raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), ...HEADERS });
    }
    let written = 0;
    raw.cork();
    for (const frame of frames) {
      raw.write(frame);
      written += frame.length;
    }
    raw.uncork();
    if (tooSlow(written)) raw.destroy();
  };
  const finish = () => {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    stopWatching();
    reader?.close();
    if (head) raw.end();
  };
  const sink: Sink = {
    entries: (entries) => write(...entries.map((entry) => frame(options.generationId, entry))),
    snapshot: (snapshot) =>
      write(
        frame(options.generationId, {
          seq: snapshot.seq,
          type: 'message_snapshot',
          json: JSON.stringify(snapshot),
        }),
      ),
    queueUpdate: (update) => write(passing('queue_update', update)),
    end: finish,
  };
  const heartbeat = setInterval(() => write(STILL_HERE), delivery.clock.sseHeartbeatMs);
  const stopWatching = options.untilRevoked(finish);
  raw.once('close', finish);

  if (options.saved) write(passing('user_message_saved', options.saved));
  const opened = await delivery
    .open(options.userId, options.generationId, options.after, sink)
    .catch((error) => {
      finish();
      if (!head) throw error;
    });
  if (typeof opened === 'object') {
    reader = opened;
    if (ended) reader.close();
    // An empty line of comment: the reader knows at once that it is connected.
    else write(CONNECTED);
  } else if (!head) {
    ended = true;
    clearInterval(heartbeat);
    stopWatching();
    await reply.status(204).send();
  } else finish();
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'private, no-store, no-transform',
  // nginx would otherwise hold tokens back.
  'x-accel-buffering': 'no',
};

const STILL_HERE = Buffer.from(': still here\n\n');
const CONNECTED = Buffer.from(':\n\n');
const frames = new WeakMap<LogEntry, Buffer>();

/** One event as a frame, in bytes; made once, however many read it, and held once, however many of them are behind. */
function frame(generationId: string, entry: { seq: number; type: string; json: string }): Buffer {
  const known = frames.get(entry as LogEntry);
  if (known) return known;
  const bytes = Buffer.from(
    `id: ${generationId}:${entry.seq}\nevent: ${entry.type}\ndata: ${entry.json}\n\n`,
  );
  if (!isTerminalEvent(entry.type)) frames.set(entry as LogEntry, bytes);
  return bytes;
}

const passing = (type: string, data: unknown): Buffer =>
  Buffer.from(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`);

/**
 * The place a `Last-Event-ID` names in this generation's log. Null, nowhere, when there is none or it is of
 * another generation or no place at all.
 */
export function resumeAfter(lastEventId: string | string[] | undefined, generationId: string): number | null {
  const match = /^([0-9a-f-]{36}):(\d{1,9})$/i.exec(String(lastEventId ?? ''));
  if (!match || match[1]!.toLowerCase() !== generationId.toLowerCase()) return null;
  return Number(match[2]);
}
