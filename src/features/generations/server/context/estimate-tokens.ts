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

const [SPACE, UPPER, LOWER, DIGIT, MARK] = [0, 1, 2, 3, 4];
/** The kind of each ASCII character. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code <= 32) return SPACE;
  if (code >= 65 && code <= 90) return UPPER;
  if (code >= 97 && code <= 122) return LOWER;
  return code >= 48 && code <= 57 ? DIGIT : MARK;
});
/** Greek and Cyrillic. */
const isGreekOrCyrillic = (code: number) => code >= 0x370 && code < 0x530;

/** Usual words are one token, longer ones are put together from shorter and shorter pieces. */
const wordTokens = (letters: number) =>
  1.05 + Math.max(0, letters - 5) * 0.14 + Math.max(0, letters - 10) * 0.16;

/** Where the run of ASCII characters of one kind ends that goes on at `from`. */
function endOfRun(text: string, from: number, kind: number): number {
  let at = from;
  // Beyond ASCII there is no kind.
  while (at < text.length && KINDS[text.charCodeAt(at)] === kind) at++;
  return at;
}

/**
 * Estimates a text. Runs of one kind of character, as tokenizers split them, each with its price; one pass. Kinds are in a table and no
 * functions: with those a megabyte took 50 to 100 ms, until V8 had compiled them for the third time, and nobody else is served meanwhile.
 */
export function estimateText(text: string): Tokens {
  let latin = 0;
  let other = 0;
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    let end = at + 1;
    if (code < 128) {
      const kind = KINDS[code]!;
      end = endOfRun(text, end, kind);
      if (kind === SPACE) {
        // A single blank belongs to the word after it.
        if (code !== 32 || end - at > 1) latin += 1 + Math.floor((end - at) / 16);
      } else if (kind === DIGIT) latin += 0.5 + (end - at) * 0.55;
      else if (kind === MARK) latin += 0.4 + (end - at) * 0.6;
      else {
        const capitals = kind === UPPER ? end - at : 0;
        if (kind === UPPER) end = endOfRun(text, end, LOWER);
        latin += wordTokens(end - at) + Math.max(0, capitals - 1) * 0.2;
      }
    } else if (isGreekOrCyrillic(code)) {
      while (end < text.length && isGreekOrCyrillic(text.charCodeAt(end))) end++;
      other += 0.6 + (end - at) * 0.46;
    } else if (code < 0x250)
      other += 1.2; // Latin with accents, mostly.
    else if (code >= 0xd800 && code < 0xe000)
      other += 1.5; // Half of an emoji or of a rare character.
    else other += 1.3; // Everything else: Chinese, Japanese, Korean, Arabic, Thai, …
    at = end;
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
