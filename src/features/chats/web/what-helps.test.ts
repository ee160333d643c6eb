import { expect, it } from 'vitest';
import { canRetry, isUnknownModel } from './what-helps.ts';

const failure = (code: string, more: object = {}) => ({ code, detail: '', ...more });
const later = { retryAt: '2026-01-01T00:00:00.000Z' };

it('offers to send again what may pass next time', () => {
  for (const code of ['offline', 'internal', 'unavailable', 'queue_full', 'chat_limit', 'unauthenticated'])
    expect([code, canRetry(failure(code, later), false)]).toEqual([code, true]);
});

it('does not offer it before the time a limit names, nor where a limit has no end', () => {
  expect(canRetry(failure('rate_limited', later), false)).toBe(false);
  expect(canRetry(failure('rate_limited', later), true)).toBe(true);
  expect(canRetry(failure('rate_limited'), true)).toBe(false);
});

it('does not offer it for what stays refused: too long, gone, an id that is taken', () => {
  for (const code of ['too_large', 'not_found', 'conflict', 'invalid_input'])
    expect([code, canRetry(failure(code), true)]).toEqual([code, false]);
});

it('sends anew what named a model that is gone, to the one that is asked without a name', () => {
  expect(canRetry(failure('invalid_input', { field: 'modelId' }), true)).toBe(true);
  expect(canRetry(failure('invalid_input', { field: 'settings.modelId' }), true)).toBe(true);
  expect(isUnknownModel(failure('invalid_input', { reason: 'no_such_model' }))).toBe(true);
  expect(isUnknownModel(failure('unavailable', { reason: 'endpoint_draining' }))).toBe(false);
});
