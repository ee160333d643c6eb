/**
 * The little language of the scripted model: a line of the prompt that begins with `/script`, then `key=value`
 * pairs, a value with spaces in double quotes (JSON strings). Several lines add up. See `docs/scripted-model.md`.
 *
 *   /script tokens=200 rate=50 fail=mid code=bad_stream
 */
import { type FailureCode, isFailureCode } from '../words.ts';

/** Where in the reply something happens: after this many tokens, or at one of three points. */
export type Point = 'first' | 'mid' | 'end' | number;

export type Script = {
  /** Exactly this text; wins over `repeat` and `tokens`. */
  text?: string;
  /** This text again and again, until `tokens` (100 unless told). */
  repeat?: string;
  /** Length of the reply; missing: as long as the answer is. */
  tokens?: number;
  /** Tokens per second; 0: as fast as they can be read. */
  rate?: number;
  /** One character at a time, this many milliseconds apart; wins over `rate`. */
  drip?: number;
  /** Milliseconds before the first token. */
  ttft?: number;
  /** Milliseconds of loading the model before all else. */
  loading?: number;
  /** Tokens of reasoning before the text. */
  reasoning?: number;
  /** Fails there, with `code`. */
  fail?: Point;
  code?: FailureCode;
  /** Milliseconds to wait before asking again, said with the failure. */
  retryAfter?: number;
  /** Goes silent there for good. */
  stall?: Point;
  finish?: string;
  /** Reported tokens; null: none are reported. */
  usage?: { input: number; output: number } | null;
  /** Ends by calling this tool. */
  tool?: string;
  arguments?: string;
  /** Changes the words of `tokens`. */
  seed?: number;
};

const MAX_TOKENS = 1_000_000;
const MAX_MS = 86_400_000;

const whole = (max: number) => (value: string) => {
  const number = Number(value);
  return value !== '' && Number.isFinite(number) && number >= 0 ? Math.min(number, max) : undefined;
};
const text = (value: string) => value;
const point = (value: string): Point | undefined =>
  value === 'first' || value === 'mid' || value === 'end' ? value : whole(MAX_TOKENS)(value);
const code = (value: string) => (isFailureCode(value) ? value : undefined);
const usage = (value: string) => {
  if (value === 'none') return null;
  const [input, output] = value.split(',').map(Number);
  return Number.isFinite(input) && Number.isFinite(output) ? { input: input!, output: output! } : undefined;
};

const KEYS: { [K in keyof Required<Script>]: (value: string) => Script[K] | undefined } = {
  text,
  repeat: (value) => value || undefined,
  tokens: whole(MAX_TOKENS),
  rate: whole(1_000_000),
  drip: whole(MAX_MS),
  ttft: whole(MAX_MS),
  loading: whole(MAX_MS),
  reasoning: whole(MAX_TOKENS),
  fail: point,
  code,
  retryAfter: whole(MAX_MS),
  stall: point,
  finish: text,
  usage,
  tool: (value) => value || undefined,
  arguments: text,
  seed: whole(Number.MAX_SAFE_INTEGER),
};

/** The keys of the language; the documentation is checked against them. */
export const SCRIPT_KEYS = Object.keys(KEYS);

/** The script in a prompt, and what is wrong with it; unknown keys and bad values are named, not guessed at. */
export function readScript(prompt: string): { script: Script; problems: string[]; found: boolean } {
  const script: Record<string, unknown> = {};
  const problems: string[] = [];
  let found = false;
  for (const match of prompt.matchAll(/^\/script\b(.*)$/gm)) {
    found = true;
    for (const [, key, value] of match[1]!.matchAll(/([\w-]+)=("(?:[^"\\]|\\.)*"|\S*)/g)) {
      const read = (KEYS as Record<string, (value: string) => unknown>)[key!];
      const parsed = read?.(unquote(value!));
      if (parsed === undefined) problems.push(`${key}=${value}`);
      else script[key!] = parsed;
    }
  }
  return { script: script as Script, problems, found };
}

function unquote(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value.slice(1, -1);
  }
}

/** A point as a number of tokens of a reply with `length` tokens. */
export function pointIn(point: Point | undefined, length: number): number {
  if (point === undefined) return Number.POSITIVE_INFINITY;
  if (point === 'first') return 0;
  if (point === 'mid') return Math.floor(length / 2);
  return point === 'end' ? length : point;
}
