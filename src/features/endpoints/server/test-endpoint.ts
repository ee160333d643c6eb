import { toDetail } from '#platform/sentences.ts';
import type { Services } from '#platform/services.ts';
import type { ProviderFailure } from '#providers/provider.ts';
import type { EndpointTest } from '../endpoints.ts';
import { readEndpoint } from './read-endpoint.ts';
import type { ModelsRead } from './read-models.ts';
import { refreshEndpoint } from './refresh-endpoint.ts';
import { say } from './say.ts';

/** It was deleted while it was being asked. */
const DELETED: ProviderFailure = {
  code: 'endpoint_error',
  sentence: say('endpoint_deleted'),
  retryable: false,
};

/** Reads the model list as an admin's trial; nothing is generated, so nothing is charged. */
export async function testEndpoint(services: Services, endpointId: string): Promise<EndpointTest> {
  await readEndpoint(services.db.$client, endpointId);
  const startedAt = performance.now();
  const read = await refreshEndpoint(services, endpointId);
  return presentReading(read ?? { ok: false, failure: DELETED }, startedAt);
}

/** What came of asking for the models, as admins are told; `startedAt` by `performance.now()`. */
export function presentReading(read: ModelsRead, startedAt: number): EndpointTest {
  const latencyMs = Math.round(performance.now() - startedAt);
  if (!read.ok) {
    const { code, sentence, said } = read.failure;
    return { ok: false, error: { code, ...toDetail(sentence), ...(said && { said }) }, latencyMs };
  }
  return { ok: true, models: read.models.map((model) => model.name), latencyMs };
}
