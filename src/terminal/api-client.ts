/** Parley's public API for the terminal: JSON, and a reply's events with reconnection. */
import { createParser } from 'eventsource-parser';
import { CommandError } from './command.ts';
import type { TerminalWords } from './words.ts';

export type StreamEvent = { id: string | undefined; type: string; data: unknown };
export type ApiClient = {
  /** Asks and returns the JSON answer; throws `ApiError` for an error answer. */
  ask<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Sends a body as it is, once, and returns the answer as it comes; throws `ApiError` for an error answer. */
  raw(method: string, path: string, body?: Blob): Promise<Response>;
  /** Every event of a generation from `seq` 0 to its end, over as many connections as it takes. */
  events(generationId: string): AsyncGenerator<StreamEvent>;
};

/** Where to ask, and with which key; asked before every call, so that neither goes to somebody who came since. */
export type Reach = () => Promise<{ url: string; key: string }>;

/** The sentence of an error answer. */
export type ErrorSaid = { detail: string; reason?: string; params?: Record<string, string | number> };

/** How the client speaks to the person: in its own words, and in those of the server. */
export type Speech = { readonly words: TerminalWords; said(sentence: ErrorSaid): string };

/** An error answer of the API; its message is the server's sentence. */
export class ApiError extends CommandError {
  readonly status: number;
  /** When asking again makes sense. */
  readonly retryAt: Date | undefined;
  constructor(status: number, detail: string, retryAt?: Date) {
    super(detail);
    this.status = status;
    this.retryAt = retryAt;
  }
}

/** Thrown by `Reach`: whoever should answer is not there, but may come back. */
export class NobodyThere extends Error {}

/** A connection that breaks is tried again for this long before it is given up. */
const GIVE_UP_MS = 60_000;
const RETRY_MS = 300;
const RETRY_MAX_MS = 5_000;

/** Speaks to a Parley for the owner of a key; `name` is what that Parley is called when it cannot be reached. */
export function createApiClient(name: string, reach: Reach, { words, said }: Speech): ApiClient {
  const call = async (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) => {
    const { url, key } = await reach();
    return fetch(url + path, {
      ...init,
      headers: { authorization: `Bearer ${key}`, 'x-parley-client': 'cli', ...init.headers },
    });
  };
  const away = () => new CommandError(words('server_away', { url: name }));
  const refusal = async (response: Response): Promise<ApiError> => {
    const answer = (await response.json().catch(() => null)) as ErrorAnswer | null;
    const error = answer?.error;
    const text = error?.detail
      ? said(error as ErrorSaid)
      : words('server_status', { url: name, status: response.status });
    const retryAt = error?.retryAt ? new Date(error.retryAt) : undefined;
    return new ApiError(response.status, text, retryAt);
  };

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
      const response = await persistently(away, () => call(path, init));
      if (response.status === 204) return undefined as T;
      if (!response.ok) throw await refusal(response);
      return (await response.json().catch(() => null)) as T;
    },

    async raw(method, path, body) {
      const response = await call(path, { method, ...(body && { body }) }).catch((error: unknown) => {
        throw isBroken(error) ? away() : error;
      });
      if (!response.ok) throw await refusal(response);
      return response;
    },

    async *events(generationId) {
      let place = `${generationId}:0`;
      for (;;) {
        const response = await persistently(away, () =>
          call(`/api/v1/generations/${generationId}/events`, {
            headers: { accept: 'text/event-stream', 'last-event-id': place },
          }),
        );
        if (response.status === 204) return;
        if (!response.ok) throw await refusal(response);
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
async function persistently(away: () => Error, attempt: () => Promise<Response>): Promise<Response> {
  const began = performance.now();
  for (let wait = RETRY_MS; ; wait = Math.min(wait * 2, RETRY_MAX_MS))
    try {
      const response = await attempt();
      if (response.status !== 503 || performance.now() - began > GIVE_UP_MS) return response;
      await pause(wait);
    } catch (error) {
      if (!isBroken(error)) throw error;
      if (performance.now() - began > GIVE_UP_MS) throw away();
      await pause(wait);
    }
}

/** `fetch` says all network trouble with a TypeError. */
const isBroken = (error: unknown): boolean => error instanceof TypeError || error instanceof NobodyThere;
type ErrorAnswer = { error?: Partial<ErrorSaid> & { retryAt?: string } };
const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
