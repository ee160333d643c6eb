/**
 * The estimate beside what real tokenizers count. The counts were made with gpt-tokenizer 4.0.0 (MIT), which is not needed to test:
 *
 *   import { encode as o200k } from 'gpt-tokenizer/encoding/o200k_base';
 *   import { encode as cl100k } from 'gpt-tokenizer/encoding/cl100k_base';
 *   for (const entry of counts) console.log(entry.name, o200k(entry.text).length, cl100k(entry.text).length);
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  correctRatios,
  EVEN,
  estimateText,
  mostTokens,
  tokensOf,
} from '#features/generations/server/context/estimate-tokens.ts';
import COUNTS from './token-counts.json' with { type: 'json' };

/** The estimate may be so much below the truth. */
const BELOW = 0.95;

describe('the estimate', () => {
  test.each(COUNTS)(
    'of $name is never below either tokenizer by more than 5 %',
    ({ name, text, o200k, cl100k }) => {
      const estimated = tokensOf(estimateText(text), EVEN);
      expect(estimated).toBeGreaterThanOrEqual(Math.max(o200k, cl100k) * BELOW);
      // And no guess into the blue: prose and code by at most a third, of the tokenizer that needs more.
      if (/prose|question|code/.test(name)) expect(estimated).toBeLessThan(Math.max(o200k, cl100k) * 1.35);
    },
  );

  test('costs Cyrillic more than Latin', () => {
    const perCharacter = (name: string) => {
      const { text } = COUNTS.find((entry) => entry.name === name)!;
      return tokensOf(estimateText(text), EVEN) / text.length;
    };
    expect(perCharacter('Russian prose')).toBeGreaterThan(1.5 * perCharacter('English prose'));
  });

  test('of a text is never more than its bytes, and a mebibyte is estimated at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(tokensOf(estimateText(text), EVEN)).toBeLessThanOrEqual(
          Math.ceil(mostTokens(Buffer.byteLength(text), 0, EVEN)) + 1,
        );
      }),
    );
    for (const text of ['a', 'я', ' ', '\n', '1', '!', '字', 'aB', '🎉']) {
      const started = performance.now();
      estimateText(text.repeat(2 ** 20 / text.length));
      expect(performance.now() - started).toBeLessThan(500);
    }
  });
});

describe('what a server counts', () => {
  const english = COUNTS.find(({ name }) => name === 'English prose')!;
  const russian = COUNTS.find(({ name }) => name === 'Russian prose')!;

  test('corrects the estimate, each script by its share, upwards faster than downwards', () => {
    for (const [latin, other] of [
      [1, 2],
      [0.8, 0.6],
      [2, 1],
      [1.3, 0.9],
    ] as const) {
      const truth = (text: string) => {
        const tokens = estimateText(text);
        return Math.round(tokens.latin * latin + tokens.other * other);
      };
      let ratios = EVEN;
      for (let reply = 0; reply < 40; reply++)
        for (const { text } of [english, russian])
          ratios = correctRatios(ratios, estimateText(text), truth(text));
      for (const { text } of [english, russian]) {
        expect(tokensOf(estimateText(text), ratios)).toBeGreaterThanOrEqual(truth(text) * BELOW);
        expect(tokensOf(estimateText(text), ratios)).toBeLessThan(truth(text) * 1.1);
      }
    }
    const once = (counted: number) => correctRatios(EVEN, { latin: 100, other: 0 }, counted).latin;
    expect(once(150) - 1).toBeGreaterThan(2 * (1 - once(50)));
    expect(correctRatios(EVEN, { latin: 100, other: 0 }, 150).other).toBe(1);
  });

  test('is believed within bounds: a server that makes its counts up does no harm', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2 ** 31 - 1), { maxLength: 50 }), (counts) => {
        const ratios = counts.reduce(
          (known, counted) => correctRatios(known, { latin: 500, other: 20 }, counted),
          EVEN,
        );
        for (const ratio of [ratios.latin, ratios.other]) {
          expect(ratio).toBeGreaterThanOrEqual(0.4);
          expect(ratio).toBeLessThanOrEqual(4);
        }
      }),
    );
    expect(correctRatios(EVEN, { latin: 5, other: 0 }, 20)).toEqual(EVEN);
  });
});
