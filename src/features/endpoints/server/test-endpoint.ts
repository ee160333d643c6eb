import type { Services } from '#platform/services.ts';
import type { EndpointTest } from '../endpoints.ts';
import { readEndpoint } from './read-endpoint.ts';
import { refreshEndpoint } from './refresh-endpoint.ts';

/** Reads the model list as an admin's trial; nothing is generated, so nothing is charged. */
export async function testEndpoint(services: Services, endpointId: string): Promise<EndpointTest> {
  await readEndpoint(services.db.$client, endpointId);
  const startedAt = performance.now();
  const read = await refreshEndpoint(services, endpointId);
  const latencyMs = Math.round(performance.now() - startedAt);
  if (!read?.ok) {
    const { code, detail } = read?.failure ?? { code: 'endpoint_error' as const, detail: 'It was deleted.' };
    return { ok: false, error: { code, detail }, latencyMs };
  }
  return { ok: true, models: read.models.map((model) => model.name), latencyMs };
}
