/** Reading event streams in tests, as any client would. */
import { createParser } from 'eventsource-parser';
import type { Person } from './accounts.ts';

export type StreamEvent = { id: string | undefined; type: string; data: Record<string, unknown> };

/** Reads an SSE answer to its end, or until `until` says so (then the connection is cut). */
export async function readStream(
  response: Response,
  until: (event: StreamEvent) => boolean = () => false,
): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  let stop = false;
  const parser = createParser({
    onEvent(message) {
      if (stop) return;
      const event = { id: message.id, type: message.event ?? 'message', data: JSON.parse(message.data) };
      events.push(event);
      if (until(event)) stop = true;
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
    if (stop) break;
  }
  return events;
}

/** The text that the deltas of a stream add up to. */
export const streamedText = (events: readonly StreamEvent[]): string =>
  events
    .filter((event) => event.type === 'content_delta')
    .map((event) => event.data.delta)
    .join('');

/** Sends a first message and follows its reply as a stream. */
export function sendStreaming(person: Person, content: string, more: object = {}): Promise<Response> {
  return person.fetch('/api/v1/messages', {
    method: 'POST',
    headers: { accept: 'text/event-stream' },
    json: { message: { content, ...more } },
  });
}

export type SentMessage = {
  chat: { id: string; title: string };
  message: { id: string };
  reply: { id: string };
  generation: { id: string; state: string; position: number | null; queueSize: number | null };
};

/** Sends a first message and returns what was made. */
export async function send(person: Person, content: string, more: object = {}): Promise<SentMessage> {
  const response = await person.fetch('/api/v1/messages', {
    method: 'POST',
    json: { message: { content, ...more } },
  });
  if (response.status !== 202) throw new Error(`${response.status}: ${await response.text()}`);
  return (await response.json()) as SentMessage;
}

/** Follows a generation by its id. */
export const follow = (person: Person, generationId: string, lastEventId?: string): Promise<Response> =>
  person.fetch(`/api/v1/generations/${generationId}/events`, {
    headers: lastEventId ? { 'last-event-id': lastEventId } : {},
  });

/** Between two looks: soon at first, because most things come true at once. */
const LOOK_MS = { first: 2, longest: 25 };

/** Asks again until `check` holds; fails after `withinMs`. */
export async function eventually<T>(
  ask: () => Promise<T>,
  check: (value: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const deadline = performance.now() + withinMs;
  for (let pause = LOOK_MS.first; ; pause = Math.min(LOOK_MS.longest, pause * 2)) {
    const value = await ask();
    if (check(value)) return value;
    if (performance.now() > deadline)
      throw new Error(`This did not come true in time: ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
