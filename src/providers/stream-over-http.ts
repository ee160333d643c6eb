/** What the wire dialects share: post, tell an error from a stream, read events or one JSON body, see how it ended. */

import { setTimeout as sleep } from 'node:timers/promises';
import { parseBounded } from '#platform/bounded-json.ts';
import { type OutboundResponse, sendOutbound } from '#platform/outbound/outbound-request.ts';
import {
  badStream,
  failureOfFault,
  failureOfServerError,
  isLoading,
  parseRetryAfter,
  readServerError,
  type ServerError,
} from './failures.ts';
import type { ProviderEvent, ProviderFailure, ProviderOutcome } from './provider.ts';
import { say } from './say.ts';
import { createSseSplitter, LineTooLong, NoEvents } from './sse-splitter.ts';

/** A whole reply as one JSON body, and an error's body. */
const MAX_JSON_BYTES = 4 * 1024 * 1024;
const MAX_ERROR_BYTES = 64 * 1024;
/** A server that loads its model is asked again this often, until the caller's first-token timeout. */
const LOADING_POLL_MS = 1_000;
/** After a finish reason only usage and the end marker can follow; who does not send them is not waited for. */
const AFTER_FINISH_MS = 3_000;

/** How one dialect reads what its servers send. Made anew for each run. */
export type WireReader = {
  /** One server-sent event. `end`: the reply is complete. `finished`: it is, but usage may follow. */
  event(data: string, name: string): 'more' | 'finished' | 'end' | ProviderFailure;
  /** The same reply as one JSON body, from servers that do not stream. */
  whole(body: unknown): ProviderFailure | undefined;
  /** The outcome so far; null while neither a finish reason nor an end marker was seen. */
  outcome(): ProviderOutcome | null;
};

export type WireRequest = {
  url: URL;
  headers: Record<string, string>;
  body: string;
  model: string;
  signal: AbortSignal;
  emit(event: ProviderEvent): void;
  reader: WireReader;
  /** Given an error answer, another body to ask with once, or null. For fields that some servers reject. */
  bodyWithout?(error: ServerError): string | null;
};

/** Runs one streamed request to its outcome. Waits while the server says that it loads the model. */
export async function streamOverHttp(request: WireRequest): Promise<ProviderOutcome> {
  let { body } = request;
  let mayChangeBody = true;
  for (;;) {
    try {
      const response = await sendOutbound({
        url: request.url,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...request.headers },
        body,
        signal: request.signal,
      });
      if (response.status === 200) {
        request.emit({ type: 'accepted' });
        return await readReply(response, request.reader);
      }
      const error = await readErrorAnswer(response);
      if (isLoading(error)) {
        request.emit({ type: 'loading_model' });
        await sleep(LOADING_POLL_MS, undefined, { signal: request.signal });
        continue;
      }
      const changed = mayChangeBody ? (request.bodyWithout?.(error) ?? null) : null;
      if (changed === null) return { ok: false, failure: failureOfServerError(error, request.model) };
      mayChangeBody = false;
      body = changed;
    } catch (error) {
      return { ok: false, failure: failureOfFault(error) };
    }
  }
}

/** An error answer's words, code and `Retry-After`. */
export async function readErrorAnswer(response: OutboundResponse): Promise<ServerError> {
  // An error stays one when its body breaks off.
  const body = await response.text(MAX_ERROR_BYTES).catch(() => '');
  const header = response.headers['retry-after'];
  const error = readServerError(response.status, body);
  return { ...error, retryAfterMs: parseRetryAfter(header), location: response.headers.location };
}

async function readReply(response: OutboundResponse, reader: WireReader): Promise<ProviderOutcome> {
  let failure: ProviderFailure | null = null;
  let finishTimer: NodeJS.Timeout | undefined;
  let json: Buffer[] | null = null;
  let size = 0;
  let started = false;
  const onEvent = (data: string, name: string): boolean => {
    const result = reader.event(data, name);
    if (result === 'more') return false;
    if (result === 'end') return true;
    if (result === 'finished') {
      finishTimer ??= setTimeout(() => response.destroy(), AFTER_FINISH_MS);
      return false;
    }
    failure = result;
    return true;
  };
  const splitter = createSseSplitter(onEvent);
  try {
    let stopped = false;
    await response.read((chunk) => {
      if (!started) {
        // Told by the first character, because the content type is often wrong.
        const first = firstVisibleByte(chunk);
        if (first !== null) started = true;
        if (first === '{') json = [];
      }
      if (!json) {
        stopped = splitter.push(chunk);
        return stopped;
      }
      json.push(chunk);
      size += chunk.length;
      if (size > MAX_JSON_BYTES) throw new LineTooLong();
      return false;
    });
    if (json) failure = readWhole(reader, Buffer.concat(json).toString('utf8'));
    else if (!stopped) splitter.end();
  } catch (error) {
    // What came after a finish reason, or did not come, takes nothing away from the reply.
    failure =
      error instanceof LineTooLong
        ? badStream(say('stream_line_too_long'), false)
        : reader.outcome()?.ok
          ? null
          : error instanceof NoEvents
            ? badStream(say('stream_garbage'), false)
            : failureOfFault(error);
  } finally {
    clearTimeout(finishTimer);
  }
  if (failure) {
    response.destroy();
    return { ok: false, failure };
  }
  return (
    reader.outcome() ?? {
      ok: false,
      failure: badStream(say('stream_no_end')),
    }
  );
}

function readWhole(reader: WireReader, text: string): ProviderFailure | null {
  try {
    return reader.whole(parseBounded(text)) ?? null;
  } catch {
    return badStream(say('stream_not_reply'));
  }
}

/** The first character that is neither white space nor a byte order mark; null when there is none. */
function firstVisibleByte(chunk: Buffer): string | null {
  const text = chunk
    .subarray(0, 64)
    .toString('latin1')
    .replace(/^[\sï»¿]+/, '');
  return text.charAt(0) || null;
}
