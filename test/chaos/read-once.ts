/** One reading: a connection that follows a generation until its end, a fault, or until the client has had enough. */
import { createParser } from 'eventsource-parser';
import { WebSocket } from 'ws';
import type { Person } from '#test/harness/accounts.ts';
import type { Notes } from './client.ts';

/** A connection over which nothing comes for so long is given up, as a client with a watchdog would. */
const SILENCE_MS = 6000;

export type Reader = { person: Person; url: string };
export type Place = { id: string; after: number | null; over: 'sse' | 'ws'; cutAfter: number };
/** Where the reader stands now, null for nowhere; and the state that the last event told, if it came. */
export type Reached = { seq: number | null; end: string | null };

export function readOnce({ person, url }: Reader, place: Place, notes: Notes): Promise<Reached> {
  return place.over === 'ws' ? overSocket(person, url, place, notes) : overSse(person, place, notes);
}

/** Writes down what comes; `take` returns true when it is enough. */
function taker({ id, after, over, cutAfter }: Place, notes: Notes) {
  const reading = notes.reading();
  notes.write({ kind: 'reading', reading, generationId: id, after, over });
  const reached: Reached = { seq: after, end: null };
  let events = 0;
  return {
    reached,
    take(type: string, seq: number, data: Record<string, unknown>): boolean {
      notes.write({ kind: 'event', reading, seq, type, data });
      reached.seq = seq;
      if (type === 'message_end' || type === 'error') reached.end = String(data.state);
      return reached.end !== null || ++events > cutAfter;
    },
  };
}

async function overSse(person: Person, place: Place, notes: Notes): Promise<Reached> {
  const { id, after } = place;
  const abort = new AbortController();
  const silence = setTimeout(() => abort.abort(), SILENCE_MS);
  try {
    const response = await person.fetch(`/api/v1/generations/${id}/events`, {
      headers: after === null ? {} : { 'last-event-id': `${id}:${after}` },
      signal: abort.signal,
    });
    if (response.status >= 500) return { seq: after, end: null };
    if (response.status !== 200) {
      notes.write({ kind: 'refused', what: id, status: response.status, body: await response.text() });
      return { seq: after, end: 'refused' };
    }
    // Only now: who was not let in has read nothing.
    const { reached, take } = taker(place, notes);
    let enough = false;
    const parser = createParser({
      onEvent({ id: at, event, data }) {
        if (at && event && !enough) enough = take(event, Number(at.split(':')[1]), JSON.parse(data));
      },
    });
    const decoder = new TextDecoder();
    try {
      for await (const chunk of response.body ?? []) {
        silence.refresh();
        parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
        if (enough) break;
      }
    } catch {
      // Cut off: it goes on from where it stands.
    }
    return reached;
  } catch {
    return { seq: after, end: null };
  } finally {
    clearTimeout(silence);
    abort.abort();
  }
}

function overSocket(person: Person, url: string, place: Place, notes: Notes): Promise<Reached> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/v1/live`, {
      headers: { cookie: person.cookie },
      handshakeTimeout: SILENCE_MS,
    });
    let taking: ReturnType<typeof taker> | null = null;
    const finish = () => {
      clearTimeout(silence);
      socket.terminate();
      resolve(taking?.reached ?? { seq: null, end: null });
    };
    const silence = setTimeout(finish, SILENCE_MS / 2);
    socket.once('open', () => {
      taking = taker({ ...place, after: null }, notes);
    });
    socket.on('message', (text) => {
      const { type, payload } = JSON.parse(String(text)) as {
        type: string;
        payload: Record<string, unknown>;
      };
      const { generationId, seq, ...data } = payload;
      if (typeof seq !== 'number' || generationId !== place.id) return;
      silence.refresh();
      if (taking?.take(type, seq, type === 'message_start' ? startData(generationId, data) : data)) finish();
    });
    socket.once('close', finish);
    socket.once('error', finish);
  });
}

/** As over SSE, where `generationId` is between the other two. */
const startData = (generationId: string, { messageId, ...more }: Record<string, unknown>) => ({
  messageId,
  generationId,
  ...more,
});
