import type { Services } from '#platform/services.ts';
import { openProvider } from './provider-for.ts';
import type { EndpointRow } from './read-endpoint.ts';
import { type ModelsRead, READ_MODELS_MS, readModels } from './read-models.ts';
import { usualAddresses } from './usual-addresses.ts';

/** For all addresses after the given one together: somebody waits at the form. */
const SEARCH_MS = 5_000;

/** What an endpoint will be asked with; its row need not be there yet. */
export type Candidate = Pick<EndpointRow, 'id' | 'kind' | 'baseUrl' | 'apiKeyEncrypted'>;
export type FoundAddress = { baseUrl: string | null; read: ModelsRead };

/**
 * Finds where a server's models are listed: at the address as given or, if something answers there that is no list, at a usual one of
 * the same server. The given one stays where none does better.
 */
export async function findAddress(services: Services, candidate: Candidate): Promise<FoundAddress> {
  const { baseUrl: given } = candidate;
  const readAt = (baseUrl: string | null, timeoutMs: number) =>
    readModels(openProvider(services, { ...candidate, baseUrl }), timeoutMs);
  const read = await readAt(given, READ_MODELS_MS);
  if (given === null || !hasNone(read)) return { baseUrl: given, read };
  const endsAt = performance.now() + SEARCH_MS;
  for (const baseUrl of usualAddresses(given).slice(1)) {
    const leftMs = Math.ceil(endsAt - performance.now());
    if (leftMs <= 0) break;
    const other = await readAt(baseUrl, leftMs);
    if (isThere(other)) return { baseUrl, read: other };
  }
  return { baseUrl: given, read };
}

const hasNone = (read: ModelsRead): boolean => !read.ok && read.failure.wrongPath === true;

/** A list, or a server that would give it for the right key or in a while. */
const isThere = (read: ModelsRead): boolean =>
  read.ok || read.failure.code === 'endpoint_auth' || read.failure.loading === true;
