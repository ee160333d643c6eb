/**
 * How many tokens a text has, estimated by script: by what it costs in o200k_base and cl100k_base, whichever is more, so that
 * those of other models rarely need more. A model's own count, once its server reports one, corrects it (`correctRatios`).
 */
import type { TokenRatios } from '#features/endpoints/server/index.ts';

/** Tokens of a text, apart by what models' vocabularies know well and what each of them knows differently. */
export type Tokens = { readonly latin: number; readonly other: number };

export const NO_TOKENS: Tokens = { latin: 0, other: 0 };
export const EVEN: TokenRatios = { latin: 1, other: 1 };

/** What a chat template puts around each message: who speaks, where it ends. */
const AROUND_MESSAGE = 4;

const isUpper = (code: number) => code >= 65 && code <= 90;
const isLower = (code: number) => code >= 97 && code <= 122;
const isDigit = (code: number) => code >= 48 && code <= 57;
const isSpace = (code: number) => code <= 32;
const isMark = (code: number) =>
  code > 32 && code < 128 && !isUpper(code) && !isLower(code) && !isDigit(code);
/** Greek and Cyrillic. */
const isGreekOrCyrillic = (code: number) => code >= 0x370 && code < 0x530;

/** Usual words are one token, longer ones are put together from shorter and shorter pieces. */
const wordTokens = (letters: number) =>
  1.05 + Math.max(0, letters - 5) * 0.14 + Math.max(0, letters - 10) * 0.16;

/** Estimates a text. Runs of one kind of character, as tokenizers split them, each with its price; one pass. */
export function estimateText(text: string): Tokens {
  let latin = 0;
  let other = 0;
  const { length } = text;
  const runOf = (from: number, is: (code: number) => boolean): number => {
    let to = from;
    while (to < length && is(text.charCodeAt(to))) to++;
    return to - from;
  };
  for (let at = 0; at < length; ) {
    const code = text.charCodeAt(at);
    let run = 1;
    if (isSpace(code)) {
      run = runOf(at, isSpace);
      // A single blank belongs to the word after it.
      if (code !== 32 || run > 1) latin += 1 + Math.floor(run / 16);
    } else if (isUpper(code) || isLower(code)) {
      const capitals = runOf(at, isUpper);
      run = capitals + runOf(at + capitals, isLower);
      latin += wordTokens(run) + Math.max(0, capitals - 1) * 0.2;
    } else if (isDigit(code)) {
      run = runOf(at, isDigit);
      latin += 0.5 + run * 0.55;
    } else if (code < 128) {
      run = runOf(at, isMark);
      latin += 0.4 + run * 0.6;
    } else if (isGreekOrCyrillic(code)) {
      run = runOf(at, isGreekOrCyrillic);
      other += 0.6 + run * 0.46;
    } else if (code < 0x250)
      other += 1.2; // Latin with accents, mostly.
    else if (code >= 0xd800 && code < 0xe000)
      other += 1.5; // Half of an emoji or of a rare character.
    else other += 1.3; // Everything else: Chinese, Japanese, Korean, Arabic, Thai, …
    at += run;
  }
  return { latin, other };
}

/** The same of one message. */
export function estimateMessage(text: string): Tokens {
  const { latin, other } = estimateText(text);
  return { latin: latin + AROUND_MESSAGE, other };
}

export const sumTokens = (all: readonly Tokens[]): Tokens =>
  all.reduce((sum, { latin, other }) => ({ latin: sum.latin + latin, other: sum.other + other }), NO_TOKENS);

/** One number, as the model counts. */
export const tokensOf = ({ latin, other }: Tokens, ratios: TokenRatios): number =>
  Math.ceil(latin * ratios.latin + other * ratios.other);

/** More than a text of so many bytes can have: no character costs more tokens than it has bytes. */
export const mostTokens = (bytes: number, messages: number, ratios: TokenRatios): number =>
  (bytes + messages * AROUND_MESSAGE) * Math.max(ratios.latin, ratios.other);

/** Bounds of what a server may say of itself: beyond them it counts something else, or makes it up. */
const RATIOS = { least: 0.4, most: 4 };
/** Up fast, down slowly: what was estimated too low may not fit, what was estimated too high only wastes room. */
const STEP = { up: 0.5, down: 0.15 };
/** Fewer tokens than this are mostly the chat template. */
const MIN_SAMPLE = 24;

/**
 * The ratios after a server counted `counted` tokens where `estimated` was the estimate: a step towards the plane of ratios that
 * would have been right (normalised least mean squares), so that each script is corrected by the share it had.
 */
export function correctRatios(ratios: TokenRatios, estimated: Tokens, counted: number): TokenRatios {
  const { latin, other } = estimated;
  const power = latin * latin + other * other;
  if (counted < MIN_SAMPLE || power === 0) return ratios;
  const error = counted - (latin * ratios.latin + other * ratios.other);
  const step = ((error > 0 ? STEP.up : STEP.down) * error) / power;
  const within = (ratio: number) => Math.min(RATIOS.most, Math.max(RATIOS.least, ratio));
  return { latin: within(ratios.latin + step * latin), other: within(ratios.other + step * other) };
}
