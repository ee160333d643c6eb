/**
 * Splits a byte stream into server-sent events (WHATWG HTML, section 9.2), with bounded memory. Works on bytes up
 * to the last line end, so a chunk may end anywhere, also inside a character, and each chunk is decoded once.
 */

/** Longest line, and longest data of one event, in bytes and characters respectively. */
export const MAX_LINE = 1024 * 1024;
/** Many tiny chunks of one line are joined from time to time; each Buffer alone costs about 100 bytes. */
const MAX_PIECES = 64;
const LF = 10;
const CR = 13;

/** Thrown when a line or an event is longer than any model server's would be. */
export class LineTooLong extends Error {}

export type SseSplitter = {
  /** Calls `onEvent` for each event that ends in this chunk; stops early when it returns true. Throws `LineTooLong`. */
  push(chunk: Buffer): boolean;
  /** The stream is over: what is left counts as an event, because some servers omit the last blank line. */
  end(): boolean;
};

/** `onEvent(data, name)`: `name` is empty when the server gave none. Returns true when it wants no more. */
export function createSseSplitter(onEvent: (data: string, name: string) => boolean): SseSplitter {
  let pieces: Buffer[] = [];
  let held = 0;
  let atStart = true;
  let endedWithCr = false;
  let data: string | null = null;
  let name = '';

  function hold(piece: Buffer): void {
    if (piece.length === 0) return;
    held += piece.length;
    if (held > MAX_LINE) throw new LineTooLong();
    // Copied, because a slice would keep the whole network buffer alive.
    pieces.push(Buffer.from(piece));
    if (pieces.length > MAX_PIECES) pieces = [Buffer.concat(pieces)];
  }

  function take(last: Buffer): string {
    if (held === 0) return last.toString('utf8');
    const text = Buffer.concat([...pieces, last]).toString('utf8');
    pieces = [];
    held = 0;
    return text;
  }

  function line(text: string): boolean {
    if (text === '') {
      const [event, label] = [data, name];
      data = null;
      name = '';
      return event !== null && onEvent(event, label);
    }
    const colon = text.indexOf(':');
    if (colon === 0) return false;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(text.charCodeAt(colon + 1) === 32 ? colon + 2 : colon + 1);
    if (field === 'data') data = data === null ? value : `${data}\n${value}`;
    else if (field === 'event') name = value;
    if (data !== null && data.length > MAX_LINE) throw new LineTooLong();
    return false;
  }

  /** `text` is whole lines, each with its end. */
  function lines(text: string): boolean {
    let whole = text;
    if (atStart) {
      atStart = false;
      if (whole.charCodeAt(0) === 0xfeff) whole = whole.slice(1);
    }
    // The second half of a CRLF that two chunks shared.
    if (endedWithCr && whole.charCodeAt(0) === LF) whole = whole.slice(1);
    endedWithCr = whole === '' ? false : whole.charCodeAt(whole.length - 1) === CR;
    if (whole.includes('\r')) whole = whole.replace(/\r\n?/g, '\n');
    for (let at = 0; at < whole.length; ) {
      const end = whole.indexOf('\n', at);
      if (end - at > MAX_LINE) throw new LineTooLong();
      if (line(whole.slice(at, end))) return true;
      at = end + 1;
    }
    return false;
  }

  return {
    push(chunk) {
      const lf = chunk.lastIndexOf(LF);
      const end = Math.max(lf, chunk.indexOf(CR, lf + 1) < 0 ? -1 : chunk.lastIndexOf(CR));
      if (end < 0) {
        hold(chunk);
        return false;
      }
      const stopped = lines(take(chunk.subarray(0, end + 1)));
      if (!stopped) hold(chunk.subarray(end + 1));
      return stopped;
    },
    end() {
      const rest = take(Buffer.alloc(0));
      return (rest !== '' && lines(`${rest}\n`)) || line('');
    },
  };
}
