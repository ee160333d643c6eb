/** Formulas within a line, as an extension of the Markdown parser: `$x$`, `$$x$$`, `\(x\)` and `\[x\]`. */
import type { Data, Processor } from 'unified';
import { isBracketedMath, isInlineMath, LONGEST_INLINE, mayOpen } from '../text/math-marks.ts';

/** What a formula is in the parser's tree: as it is written, marks and all. */
export type FormulaNode = { type: 'formula'; value: string };

type Syntax = NonNullable<Data['micromarkExtensions']>[number];
type Construct = Extract<NonNullable<NonNullable<Syntax['text']>[number]>, { tokenize: unknown }>;
type Tokenize = Construct['tokenize'];
type Effects = Parameters<Tokenize>[0];
type State = Parameters<Tokenize>[1];
type Code = Parameters<State>[0];

const DOLLAR = 36;
const ROUND = 40;
const CLOSING_ROUND = 41;
const SQUARE = 91;
const BACKSLASH = 92;
const CLOSING_SQUARE = 93;

// The parser has its own list of tokens; these are ours.
const FORMULA = 'formula' as never;
const TEXT = 'formulaText' as never;

/** A character by its code; ends of lines and filled-up tabs have codes below zero. */
const toText = (code: Code): string =>
  code === null ? '' : code >= 0 ? String.fromCharCode(code) : code < -2 ? '\n' : ' ';

/** Writes a formula down as the parser wants it: its ends of lines by their name, what is between them as one piece each. */
function writer(effects: Effects) {
  let open = false;
  const close = (): void => {
    if (open) effects.exit(TEXT);
    open = false;
  };
  return {
    begin: (): void => void effects.enter(FORMULA),
    take(code: Code): void {
      if (code !== null && code < -2) {
        close();
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return;
      }
      if (!open) effects.enter(TEXT);
      open = true;
      effects.consume(code);
    },
    end(): void {
      close();
      effects.exit(FORMULA);
    },
  };
}

const dollars: Construct = {
  name: 'dollars',
  previous: (code) => mayOpen(toText(code)),
  tokenize(effects, ok, nok) {
    const written = writer(effects);
    let inside = '';
    let escaped = false;
    let double = false;
    const read: State = (code) => {
      if (code === null || inside.length > LONGEST_INLINE) return nok(code);
      if (code === DOLLAR && !escaped) {
        written.take(code);
        return double ? second : end;
      }
      escaped = code === BACKSLASH && !escaped;
      inside += toText(code);
      written.take(code);
      return read;
    };
    const second: State = (code) => {
      if (code !== DOLLAR) return nok(code);
      written.take(code);
      return end;
    };
    const end: State = (code) => {
      if (double ? inside.trim() === '' : !isInlineMath(inside, toText(code))) return nok(code);
      written.end();
      return ok(code);
    };
    const begin: State = (code) => {
      if (code !== DOLLAR) return read(code);
      double = true;
      written.take(code);
      return read;
    };
    return (code) => {
      written.begin();
      written.take(code);
      return begin;
    };
  },
};

const brackets: Construct = {
  name: 'brackets',
  tokenize(effects, ok, nok) {
    const written = writer(effects);
    let inside = '';
    let escaped = false;
    let closing = CLOSING_ROUND;
    const read: State = (code) => {
      if (code === null || inside.length > LONGEST_INLINE) return nok(code);
      if (code === closing && escaped) {
        if (!isBracketedMath(inside.slice(0, -1), closing === CLOSING_SQUARE)) return nok(code);
        written.take(code);
        written.end();
        return ok;
      }
      escaped = code === BACKSLASH && !escaped;
      inside += toText(code);
      written.take(code);
      return read;
    };
    const bracket: State = (code) => {
      if (code !== ROUND && code !== SQUARE) return nok(code);
      closing = code === ROUND ? CLOSING_ROUND : CLOSING_SQUARE;
      written.take(code);
      return read;
    };
    return (code) => {
      written.begin();
      written.take(code);
      return bracket;
    };
  },
};

const SYNTAX: Syntax = { text: { [DOLLAR]: dollars, [BACKSLASH]: brackets } };

type FromMarkdown = NonNullable<Data['fromMarkdownExtensions']>[number];

const INTO_TREE = {
  enter: {
    formula(
      this: { enter(node: unknown, token: unknown): void; sliceSerialize(token: unknown): string },
      token: unknown,
    ) {
      this.enter({ type: 'formula', value: this.sliceSerialize(token) } satisfies FormulaNode, token);
    },
  },
  exit: {
    formula(this: { exit(token: unknown): void }, token: unknown) {
      this.exit(token);
    },
  },
} as unknown as FromMarkdown;

/** Has the parser know formulas. */
export function withMath(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), SYNTAX];
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), INTO_TREE];
}
