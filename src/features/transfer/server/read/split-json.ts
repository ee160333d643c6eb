/**
 * Cuts JSON of any size into the values it consists of, without holding more than one of them: the elements of one array, lines
 * (JSONL), or values one behind another. Looks at brackets and strings alone; whether a value is JSON is found out by who parses it.
 */

/** Why a value is not given: it is larger than may be held, or the text ends within it. */
export type Fault = 'too_large' | 'too_much' | 'cut' | 'trailing';
export type Piece = { row: number; text: string; depth: number } | { row: number; fault: Fault };
export type Bounds = {
  /** Bytes of one value. */
  bytes: number;
  /** Values within it, which take far more room than their text. */
  values: number;
};

const [QUOTE, BACKSLASH, COMMA, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, NEWLINE] = [...'"\\,{}[]\n'].map((one) =>
  one.charCodeAt(0),
) as [number, number, number, number, number, number, number, number];
const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 10 || byte === 13;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/** `list`: in an array; `values`: one behind another; `lines`: each on its own, so that a broken one takes no other along. */
type Form = 'unknown' | 'list' | 'values' | 'lines' | 'closed' | 'done';

export class JsonSplitter {
  /** How many values there were. */
  rows = 0;
  /** An array, whatever it holds. */
  isList = false;
  private readonly bounds: Bounds;
  private readonly areLines: boolean;
  private form: Form = 'unknown';
  private parts: Uint8Array[] = [];
  private size = 0;
  private values = 0;
  private depth = 0;
  private deepest = 0;
  private isOpen = false;
  private inString = false;
  private isEscaped = false;
  private onOneLine = true;
  private seen = 0;

  constructor(bounds: Bounds, areLines = false) {
    this.bounds = bounds;
    this.areLines = areLines;
  }

  /** The values that end in the next bytes. */
  push(chunk: Uint8Array): Piece[] {
    if (this.form === 'done') return [];
    const found: Piece[] = [];
    let from = 0;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (!this.isOpen) {
        if (!this.begins(byte)) continue;
        if (this.form === 'closed') {
          this.form = 'done';
          return [...found, { row: this.rows, fault: 'trailing' }];
        }
        this.open();
        from = at;
      }
      if (this.inString && this.form !== 'lines') {
        if (this.isEscaped) this.isEscaped = false;
        else if (byte === BACKSLASH) this.isEscaped = true;
        else if (byte === QUOTE) this.inString = false;
        continue;
      }
      if (this.form === 'lines') {
        if (byte !== NEWLINE) {
          this.lookWithin(byte);
          continue;
        }
        this.keep(chunk, from, at);
        found.push(...this.close());
        continue;
      }
      const isOver = this.endsBefore(byte);
      if (isOver) {
        this.keep(chunk, from, at);
        found.push(...this.close());
        if (byte === CLOSE_LIST) this.form = 'closed';
        continue;
      }
      if (byte === QUOTE) this.inString = true;
      else this.count(byte);
      if (this.form === 'values' && this.depth === 0 && (byte === CLOSE || byte === CLOSE_LIST)) {
        this.keep(chunk, from, at + 1);
        const wasOnOneLine = this.onOneLine;
        found.push(...this.close());
        // A value on one line, and more to come: lines, of which a broken one must not take the others along.
        if (wasOnOneLine) this.form = 'lines';
      }
    }
    if (this.isOpen) this.keep(chunk, from, chunk.length);
    return found;
  }

  /** What is left when the text has ended. */
  end(): Piece[] {
    if (this.form === 'list' && !this.isOpen) return [{ row: this.rows, fault: 'cut' }];
    if (!this.isOpen) return [];
    if (this.form === 'list') {
      this.parts = [];
      return [{ row: this.rows, fault: 'cut' }];
    }
    return this.close();
  }

  /** True for the first byte of a value. */
  private begins(byte: number): boolean {
    if (isBlank(byte)) return false;
    if (this.seen < 3 && byte === BYTE_ORDER_MARK[this.seen]) {
      this.seen += 1;
      return false;
    }
    this.seen = 3;
    if (this.form === 'unknown') {
      this.isList = byte === OPEN_LIST;
      this.form = this.isList ? 'list' : this.areLines ? 'lines' : 'values';
      return !this.isList;
    }
    if (this.form !== 'list') return true;
    if (byte === CLOSE_LIST) this.form = 'closed';
    return byte !== COMMA && byte !== CLOSE_LIST;
  }

  private open(): void {
    this.isOpen = true;
    this.size = 0;
    this.values = 1;
    this.depth = 0;
    this.deepest = 0;
    this.inString = false;
    this.isEscaped = false;
    this.onOneLine = true;
  }

  /** True where a value of an array ends: at the comma or bracket behind it; and a word that stands alone: at its line's end. */
  private endsBefore(byte: number): boolean {
    if (this.depth > 0) return false;
    if (this.form === 'list') return byte === COMMA || byte === CLOSE_LIST;
    return byte === NEWLINE;
  }

  private count(byte: number): void {
    if (byte === OPEN || byte === OPEN_LIST) {
      this.depth += 1;
      this.values += 1;
      if (this.depth > this.deepest) this.deepest = this.depth;
    } else if (byte === CLOSE || byte === CLOSE_LIST) this.depth -= 1;
    else if (byte === COMMA) this.values += 1;
    else if (byte === NEWLINE) this.onOneLine = false;
  }

  /** In a line, whose end is its newline whatever stands in it. */
  private lookWithin(byte: number): void {
    if (this.inString) {
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === BACKSLASH) this.isEscaped = true;
      else if (byte === QUOTE) this.inString = false;
    } else if (byte === QUOTE) this.inString = true;
    else this.count(byte);
  }

  private keep(chunk: Uint8Array, from: number, to: number): void {
    this.size += to - from;
    if (this.size > this.bounds.bytes || this.values > this.bounds.values) this.parts = [];
    else if (to > from) this.parts.push(chunk.subarray(from, to));
  }

  private close(): Piece[] {
    const { size, values, deepest, parts } = this;
    this.isOpen = false;
    this.parts = [];
    const row = this.rows;
    if (size > this.bounds.bytes) return [this.fault(row, 'too_large')];
    if (values > this.bounds.values) return [this.fault(row, 'too_much')];
    const text = Buffer.concat(parts).toString('utf8').trim();
    if (text === '') return [];
    this.rows += 1;
    return [{ row, text, depth: deepest }];
  }

  private fault(row: number, fault: Fault): Piece {
    this.rows += 1;
    return { row, fault };
  }
}
