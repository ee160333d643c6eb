import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';
import type { EndpointTrial, TrialResult } from '../endpoints.ts';
import { isSameServer } from '../rules.ts';
import { baseUrlOf } from './endpoint-defaults.ts';
import { type Candidate, findAddress } from './find-address.ts';
import { rankModels } from './rank-models.ts';
import { readEndpoint } from './read-endpoint.ts';
import { sealKey } from './seal-key.ts';
import { presentReading } from './test-endpoint.ts';

/** Tries an endpoint out as it stands in the form, and keeps nothing: its models, or why they could not be read, and where. */
export async function tryEndpoint(services: Services, trial: EndpointTrial): Promise<TrialResult> {
  const candidate = await toCandidate(services, trial);
  const startedAt = performance.now();
  const { baseUrl, read } = await findAddress(services, candidate);
  const ranked = read.ok ? { ...read, models: rankModels(read.models) } : read;
  return { ...presentReading(ranked, startedAt), baseUrl };
}

/** A stored key is sent to the server it was given for alone, as when the form is saved. */
async function toCandidate(services: Services, trial: EndpointTrial): Promise<Candidate> {
  const stored = trial.endpointId ? await readEndpoint(services.db.$client, trial.endpointId) : null;
  const id = stored?.id ?? newId();
  const kind = stored?.kind ?? trial.kind;
  const baseUrl = stored && trial.baseUrl === undefined ? stored.baseUrl : baseUrlOf(kind, trial.baseUrl);
  if (trial.apiKey) return { id, kind, baseUrl, apiKeyEncrypted: sealKey(services, id, trial.apiKey) };
  const keeps = trial.apiKey === undefined && stored && baseUrl && isSameServer(stored.baseUrl, baseUrl);
  return { id, kind, baseUrl, apiKeyEncrypted: keeps ? stored.apiKeyEncrypted : null };
}
