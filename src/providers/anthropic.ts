import { toAnthropicBody } from './anthropic-body.ts';
import { createAnthropicReader } from './anthropic-wire.ts';
import { join } from './base-url.ts';
import { listModelsOverHttp } from './list-models.ts';
import type { Provider, ProviderOptions } from './provider.ts';
import { streamOverHttp } from './stream-over-http.ts';

export const ANTHROPIC_BASE_URL = 'https://api.anthropic.com/v1';
const API_VERSION = '2023-06-01';

/** Claude, over the Messages API. A base URL may be given with `/v1` or, as Anthropic's own clients take it, without. */
export function createAnthropic(options: ProviderOptions): Provider {
  const given = new URL(options.baseUrl ?? ANTHROPIC_BASE_URL);
  const base = /\/v\d+\/*$/.test(given.pathname) ? given : join(given, 'v1');
  const headers: Record<string, string> = {
    'anthropic-version': API_VERSION,
    ...(options.apiKey && { 'x-api-key': options.apiKey }),
  };
  const models = join(base, 'models');
  models.searchParams.set('limit', '1000');
  return {
    stream: (request, emit, signal) =>
      streamOverHttp({
        url: join(base, 'messages'),
        headers,
        body: toAnthropicBody(request),
        model: request.model,
        signal,
        emit,
        reader: createAnthropicReader(request.model, emit),
      }),
    listModels: (signal) => listModelsOverHttp(models, headers, signal),
  };
}
