import { expect, it } from 'vitest';
import type { GenerationError } from '#features/messages/endings.ts';
import { waysOn } from './ways-on.ts';

const error = (code: GenerationError['code'], retryable: boolean): GenerationError => ({
  code,
  detail: '',
  retryable,
});
const member = { hasText: true, isAdmin: false };
const admin = { hasText: true, isAdmin: true };
const both = { retry: true, goOn: true };
const neither = { retry: false, goOn: false };

it('offers another try of what may well succeed, and to go on where there is text', () => {
  expect(waysOn('failed', error('endpoint_unreachable', true), member)).toEqual(both);
  expect(waysOn('timed_out', error('timeout_idle', true), member)).toEqual(both);
  expect(waysOn('interrupted', error('worker_lost', true), member)).toEqual(both);
  expect(waysOn('cancelled', null, { ...member, hasText: false })).toEqual({ retry: true, goOn: false });
});

it('offers what only an admin can mend to admins alone', () => {
  for (const code of ['endpoint_auth', 'model_missing', 'endpoint_rate_limited'] as const) {
    expect(waysOn('failed', error(code, false), member)).toEqual(neither);
    expect(waysOn('failed', error(code, false), admin)).toEqual(both);
  }
});

it('offers nobody to send a chat again that the model cannot read', () => {
  expect(waysOn('failed', error('context_too_long', false), admin)).toEqual(neither);
});
