import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** The colours of a theme by name, as [lightness, chroma, hue]. */
function colours(theme: string): Map<string, [number, number, number]> {
  const block = css.split(`:root[data-theme="${theme}"] {`)[1]!.split('\n}')[0]!;
  return new Map(
    [...block.matchAll(/--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);/g)].map((match) => [
      match[1]!,
      [Number(match[2]), Number(match[3]), Number(match[4])],
    ]),
  );
}

/** Relative luminance (WCAG 2) of an OKLCH colour; the matrices are those of Björn Ottosson's Oklab. */
function luminance([lightness, chroma, hue]: [number, number, number]): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number) => Math.min(1, Math.max(0, value));
  const red = clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const SURFACES = ['canvas', 'surface', 'sidebar', 'bubble', 'hover', 'active'];
/** What is written on what; 4.5 is WCAG's AA for text. */
const TEXT: [text: string, on: string[]][] = [
  ['text', [...SURFACES, 'queue-soft', 'danger-soft']],
  ['text-muted', [...SURFACES, 'queue-soft', 'danger-soft', 'code-surface']],
  ['accent', ['canvas', 'surface', 'sidebar', 'hover', 'bubble', 'accent-soft']],
  ['on-accent', ['accent', 'accent-strong']],
  ['queue-text', ['canvas', 'surface', 'queue-soft']],
  ['danger', ['canvas', 'surface', 'danger-soft']],
  ['text-muted', ['track']],
  ['on-chosen', ['chosen']],
  ['on-danger', ['danger']],
  ...['comment', 'keyword', 'string', 'number', 'name', 'type', 'deleted'].map((name): [string, string[]] => [
    `code-${name}`,
    ['code-surface'],
  ]),
];
/** What must be seen to understand; 3 is WCAG's AA for shapes. */
const SHAPES: [shape: string, on: string[]][] = [
  ['outline', ['canvas', 'surface']],
  ['accent', ['canvas', 'surface', 'sidebar']],
  ['queue', ['canvas', 'sidebar', 'queue-soft']],
  ['well', ['canvas', 'surface']],
  ['down', ['canvas', 'surface']],
];

describe.each(['light', 'dark'])('the %s theme', (theme) => {
  const named = colours(theme);
  const contrast = (one: string, other: string) => {
    const [low, high] = [luminance(named.get(one)!), luminance(named.get(other)!)].sort((a, b) => a - b);
    return (high! + 0.05) / (low! + 0.05);
  };
  const tooWeak = (pairs: [string, string[]][], least: number) =>
    pairs
      .flatMap(([one, others]) =>
        others.map((other) => [`${one} on ${other}`, contrast(one, other)] as const),
      )
      .filter(([, ratio]) => !(ratio >= least))
      .map(([pair, ratio]) => `${pair}: ${ratio.toFixed(2)}`);

  it('has text that can be read: 4.5 to 1', () => {
    expect(tooWeak(TEXT, 4.5)).toEqual([]);
  });

  it('has shapes that can be seen: 3 to 1', () => {
    expect(tooWeak(SHAPES, 3)).toEqual([]);
  });

  it('has a chosen segment that is lighter than its track', () => {
    expect(luminance(named.get('chosen')!)).toBeGreaterThan(luminance(named.get('track')!));
  });

  it('names the same colours as the other one', () => {
    expect([...named.keys()]).toEqual([...colours('light').keys()]);
  });
});

it('where the system sets the colours, every colour that is drawn is one of its own', () => {
  const forced = css.split('@media (forced-colors: active)')[1]!;
  const own = new Set(
    [...forced.matchAll(/--([\w-]+): (?:Canvas|GrayText|Highlight)/g)].map((match) => match[1]),
  );
  // Colours of code and shadows are painted over as they should be; the veil keeps what is behind it in sight.
  const left = [...colours('light').keys()].filter(
    (name) => !own.has(name) && !/^code-(?!surface)/.test(name),
  );
  expect(left).toEqual([]);
});

it('the measure of contrast itself is right: white on black is 21, the same grey on itself 1', () => {
  const ratio = (luminance([1, 0, 0]) + 0.05) / (luminance([0, 0, 0]) + 0.05);
  expect(ratio).toBeCloseTo(21, 1);
  expect(luminance([0.5, 0, 0])).toBeCloseTo(0.125, 3);
});
