import type { Services } from '#platform/services.ts';
import { createProvider } from '#providers/create-provider.ts';
import type { Provider, ProviderFailure } from '#providers/provider.ts';
import { DEFAULT_TIMEOUTS, type Timeouts } from '../endpoints.ts';
import { onEndpointChanged } from './endpoint-changed.ts';
import { type EndpointRow, findEndpoint } from './read-endpoint.ts';
import { say } from './say.ts';
import { openKey } from './seal-key.ts';

/** An endpoint's row, with all four timeouts filled in, and what speaks to it. */
export type ServedEndpoint = { provider: Provider; endpoint: EndpointRow & { timeouts: Timeouts } };

type Entry = { readAt: number; wire: string; served: ServedEndpoint };
const caches = new WeakMap<Services, Map<string, Entry>>();

/** The provider of an endpoint and its row; null when there is no such endpoint. Throws only when the database does. */
export async function providerFor(services: Services, endpointId: string): Promise<ServedEndpoint | null> {
  const cache = cacheOf(services);
  const known = cache.get(endpointId);
  if (known && performance.now() - known.readAt < services.clock.endpointCacheMs) return known.served;
  const readAt = performance.now();
  const row = await findEndpoint(services.db.$client, endpointId);
  if (!row) {
    cache.delete(endpointId);
    return null;
  }
  // The provider itself is kept while its address and key are, because it learns what its server accepts.
  const wire = `${row.kind} ${row.baseUrl} ${row.apiKeyEncrypted}`;
  const provider = known?.wire === wire ? known.served.provider : openProvider(services, row);
  const served = { provider, endpoint: { ...row, timeouts: { ...DEFAULT_TIMEOUTS, ...row.timeouts } } };
  cache.set(endpointId, { readAt, wire, served });
  return served;
}

function cacheOf(services: Services): Map<string, Entry> {
  let cache = caches.get(services);
  if (!cache) {
    const made = new Map<string, Entry>();
    cache = made;
    caches.set(services, made);
    onEndpointChanged(services, (endpointId) => {
      const entry = made.get(endpointId);
      if (entry) entry.readAt = Number.NEGATIVE_INFINITY;
    });
  }
  return cache;
}

/** The provider of a row; one that fails in words when its key or address cannot be used. */
export function openProvider(
  services: Services,
  row: Pick<EndpointRow, 'id' | 'kind' | 'baseUrl' | 'apiKeyEncrypted'>,
): Provider {
  let apiKey: string | null = null;
  try {
    apiKey = openKey(services, row.id, row.apiKeyEncrypted);
  } catch {
    return failing({
      code: 'endpoint_auth',
      sentence: say('endpoint_key_unreadable'),
      retryable: false,
    });
  }
  try {
    return createProvider(row.kind, { baseUrl: row.baseUrl, apiKey });
  } catch {
    return failing({
      code: 'endpoint_unreachable',
      sentence: say('endpoint_address_wrong'),
      retryable: false,
    });
  }
}

function failing(failure: ProviderFailure): Provider {
  return {
    stream: async () => ({ ok: false, failure }),
    listModels: async () => ({ ok: false, failure }),
  };
}
