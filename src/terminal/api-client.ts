/** Parley's public API for the terminal: JSON, and a reply's events with reconnection. */
import { createParser } from 'eventsource-parser';
import { CommandError } from './command.ts';

export type StreamEvent = { id: string | undefined; type: string; data: unknown };
export type ApiClient = {
  /** Asks and returns the JSON answer; throws `ApiError` for an error answer. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Every event of a generation from `seq` 0 to its end, over as many connections as it takes. */
  events(generationId: string): AsyncGenerator<StreamEvent>;
};

/** An error answer of the API; its message is the server's sentence. */
export class ApiError extends CommandError {
  readonly status: number;
  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** A connection that breaks is tried again for this long before it is given up. */
const GIVE_UP_MS = 60_000;
const RETRY_MS = 300;
const RETRY_MAX_MS = 5_000;

/** Speaks for the owner of `key` to the Parley at `url`. */
export function createApiClient(url: string, key: string): ApiClient {
  const call = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    fetch(url + path, {
      ...init,
      headers: { authorization: `Bearer ${key}`, 'x-parley-client': 'cli', ...init.headers },
    });

  return {
    async ask<T>(method: string, path: string, body?: unknown): Promise<T> {
      const init = {
        method,
        ...(body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        }),
      };
      // Safe to repeat: what creates something carries its own id.
      const response = await persistently(url, () => call(path, init));
      if (response.status === 204) return undefined as T;
      const answer = (await response.json().catch(() => null)) as { error?: { detail?: string } } | null;
      if (response.ok) return answer as T;
      throw new ApiError(response.status, answer?.error?.detail ?? `${url} answered ${response.status}.`);
    },

    async *events(generationId) {
      let place = `${generationId}:0`;
      for (;;) {
        const response = await persistently(url, () =>
          call(`/api/v1/generations/${generationId}/events`, {
            headers: { accept: 'text/event-stream', 'last-event-id': place },
          }),
        );
        if (response.status === 204) return;
        if (!response.ok) throw new ApiError(response.status, `${url} answered ${response.status}.`);
        for await (const event of eventsOf(response)) {
          if (event.id) place = event.id;
          yield event;
          if (event.type === 'message_end' || event.type === 'error') return;
        }
        await pause(RETRY_MS);
      }
    },
  };
}

/** The events of one connection; ends without an error when it breaks. */
async function* eventsOf(response: Response): AsyncGenerator<StreamEvent> {
  const arrived: StreamEvent[] = [];
  const parser = createParser({
    onEvent: ({ id, event, data }) => arrived.push({ id, type: event ?? 'message', data: JSON.parse(data) }),
  });
  const decoder = new TextDecoder();
  try {
    for await (const chunk of response.body ?? []) {
      parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
      yield* arrived.splice(0);
    }
  } catch (error) {
    if (!isBroken(error)) throw error;
  }
}

/** Tries again while the server is away: a restart must not end a chat. */
async function persistently(url: string, attempt: () => Promise<Response>): Promise<Response> {
  const began = performance.now();
  for (let wait = RETRY_MS; ; wait = Math.min(wait * 2, RETRY_MAX_MS))
    try {
      const response = await attempt();
      if (response.status !== 503 || performance.now() - began > GIVE_UP_MS) return response;
      await pause(wait);
    } catch (error) {
      if (!isBroken(error)) throw error;
      if (performance.now() - began > GIVE_UP_MS) throw new CommandError(`${url} cannot be reached.`);
      await pause(wait);
    }
}

/** `fetch` says all network trouble with a TypeError. */
const isBroken = (error: unknown): boolean => error instanceof TypeError;
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
