/**
 * Splits a byte stream into server-sent events (WHATWG HTML, section 9.2), with bounded memory. A chunk may end
 * anywhere, also inside a character.
 */
import { createParser } from 'eventsource-parser';

/** Longest line, and longest data of one event, in UTF-16 units; far beyond any model server's. */
export const MAX_LINE = 1024 * 1024;

/** Lines that are no field of an event. A few are to be ignored, says the standard; each costs as much as a whole event. */
const MAX_UNKNOWN = 1_000;

/** Thrown when a line or an event is longer than any model server's would be. */
export class LineTooLong extends Error {}
/** Thrown when most of what comes are no events. */
export class NoEvents extends Error {}

export type SseSplitter = {
  /** Calls `onEvent` for each event that ends in this chunk; true once it wants no more. Throws `LineTooLong` and `NoEvents`. */
  push(chunk: Buffer): boolean;
  /** The stream is over: what is left counts as an event, because some servers omit the last blank line. */
  end(): boolean;
};

/** `onEvent(data, name)`: `name` is empty when the server gave none. Returns true when it wants no more. */
export function createSseSplitter(onEvent: (data: string, name: string) => boolean): SseSplitter {
  const decoder = new TextDecoder();
  let stopped = false;
  let tooLong = false;
  let unknown = 0;
  const parser = createParser({
    maxBufferSize: MAX_LINE,
    onEvent({ data, event }) {
      if (!stopped) stopped = onEvent(data, event ?? '');
    },
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') tooLong = true;
      else if (++unknown > MAX_UNKNOWN) throw new NoEvents();
    },
  });
  const feed = (text: string): boolean => {
    if (!stopped) parser.feed(text);
    if (tooLong) throw new LineTooLong();
    return stopped;
  };
  return {
    push: (chunk) => feed(decoder.decode(chunk, { stream: true })),
    end: () => feed(`${decoder.decode()}\n\n`),
  };
}
