import type { Config } from '#config';
import { ANTHROPIC_BASE_URL } from '#providers/anthropic.ts';
import { OPENAI_BASE_URL } from '#providers/openai.ts';
import type { EndpointKind } from '../endpoints.ts';

export type EnvironmentEndpoint = {
  name: string;
  kind: EndpointKind;
  baseUrl: string;
  apiKey: string | null;
};

/** The endpoints that the providers' usual variables name. */
export function environmentEndpoints({ anthropic, openai }: Config['providers']): EnvironmentEndpoint[] {
  const found: EnvironmentEndpoint[] = [];
  if (anthropic.apiKey)
    found.push({
      name: 'anthropic',
      kind: 'anthropic',
      baseUrl: trim(anthropic.baseUrl ?? ANTHROPIC_BASE_URL),
      apiKey: anthropic.apiKey,
    });
  // A base URL of its own means a compatible server, which often needs no key.
  if (openai.apiKey || openai.baseUrl) {
    const baseUrl = trim(openai.baseUrl ?? OPENAI_BASE_URL);
    const kind = baseUrl === OPENAI_BASE_URL ? 'openai' : 'openai-compatible';
    found.push({ name: 'openai', kind, baseUrl, apiKey: openai.apiKey ?? null });
  }
  return found;
}

const trim = (url: string) => url.replace(/\/+$/, '');
