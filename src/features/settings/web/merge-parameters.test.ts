import { expect, it } from 'vitest';
import { mergeParameters } from './merge-parameters.ts';

it('changes what was changed here, and keeps what was changed elsewhere meanwhile', () => {
  const before = { temperature: 0.2, seed: 7, stop: ['END'] };
  expect(mergeParameters(before, before, before)).toEqual(before);
  expect(mergeParameters({ seed: 8 }, before, { ...before, temperature: 0.5 })).toEqual({
    temperature: 0.5,
    seed: 8,
  });
  // Taken out here, still there elsewhere.
  expect(mergeParameters({ ...before, topP: 1 }, before, { temperature: 0.2, seed: 7 })).toEqual({
    temperature: 0.2,
    topP: 1,
    seed: 7,
  });
});
