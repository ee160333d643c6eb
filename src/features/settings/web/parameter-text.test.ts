import { expect, it } from 'vitest';
import { areValid, readNumber, stopsToText, textToStops } from './parameter-text.ts';

it('numbers are read with a point, a comma or a real minus', () => {
  expect(['0.5', ' 0,5 ', '−3', '', 'much'].map(readNumber)).toEqual([0.5, 0.5, -3, undefined, Number.NaN]);
});

it('the scale of a model bounds its temperature, and what is no number never holds', () => {
  const model = { name: 'm', ignores: [], temperatureMax: 1 };
  expect(areValid({ temperature: 1.5 }, null)).toBe(true);
  expect(areValid({ temperature: 1.5 }, model)).toBe(false);
  expect(areValid({ temperature: Number.NaN }, null)).toBe(false);
  expect(areValid({ maxTokens: 10.5 }, null)).toBe(false);
  expect(areValid({ stop: Array.from({ length: 9 }, String) }, null)).toBe(false);
});

it('texts to stop at come back as they were, line breaks and backslashes in them too', () => {
  const stops = ['\n\n', 'END', 'a\\nb', '\\'];
  expect(textToStops(stopsToText(stops))).toEqual(stops);
  expect(textToStops('one\n\ntwo\n')).toEqual(['one', 'two']);
});
