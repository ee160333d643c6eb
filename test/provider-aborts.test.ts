/** Stopping a model, over both wires, against a scripted upstream on a real socket: how soon its socket is closed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EndpointKind } from '#features/endpoints/endpoints.ts';
import { createProvider } from '#providers/create-provider.ts';
import type { Behaviour } from '#test/upstream/behaviour.ts';
import { run } from '#test/upstream/run-provider.ts';
import { startUpstream, type Upstream } from '#test/upstream/start-upstream.ts';

let upstream: Upstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.close());

describe.each<EndpointKind>(['openai-compatible', 'openai', 'anthropic'])('%s', (kind) => {
  test.each<[string, Behaviour]>([
    ['before the headers', { hang: 'headers' }],
    ['before the first token', { hang: 'first' }],
    ['in the middle', { tokens: 40, rate: 400, hang: 'mid' }],
    ['while tokens come', { tokens: 100_000, rate: 200 }],
  ])('an abort %s closes the upstream’s socket at once', async (_where, behaviour) => {
    const stop = new AbortController();
    const seen = upstream.requests.length;
    upstream.behave(behaviour);
    const provider = createProvider(kind, { baseUrl: upstream.url, apiKey: null });
    const running = run(provider, 'normal', { signal: stop.signal });
    await expect.poll(() => upstream.requests.length).toBe(seen + 1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(upstream.requests.at(-1)!.closedAt).toBeNull();
    const stoppedAt = performance.now();
    stop.abort();
    await running;
    await expect.poll(() => upstream.requests.at(-1)!.closedAt, { interval: 2 }).not.toBeNull();
    expect(upstream.requests.at(-1)!.closedAt! - stoppedAt).toBeLessThan(100);
  });
});
