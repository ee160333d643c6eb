import { eq } from 'drizzle-orm';
import { recordAct } from '#features/audit/server/index.ts';
import { inTransaction, typed } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Endpoint, EndpointPatch } from '../endpoints.ts';
import { isSameServer } from '../rules.ts';
import { nameMustBeFree } from './create-endpoint.ts';
import { tellEndpointChanged } from './endpoint-changed.ts';
import { checkBaseUrl } from './endpoint-defaults.ts';
import { type FoundAddress, findAddress } from './find-address.ts';
import { presentEndpoint } from './present-endpoint.ts';
import { type EndpointRow, lockEndpoint, readEndpoint } from './read-endpoint.ts';
import { keepReading, refreshEndpoint } from './refresh-endpoint.ts';
import { say } from './say.ts';
import { sealKey } from './seal-key.ts';
import { endpoints } from './tables.ts';
import { told } from './tell-change.ts';
import { wakeEndpoint } from './wake.ts';

/**
 * Changes what the patch names, at once in every process. A new address or key is tried out; of an address that has no models, the
 * usual one of the same server is taken that has. A stored key was given for the server it is stored with: the address of another one
 * drops it, unless the key for that comes along.
 */
export async function patchEndpoint(
  services: Services,
  asker: Principal,
  endpointId: string,
  patch: EndpointPatch,
): Promise<Endpoint> {
  const found = await findPatched(services, endpointId, patch);
  const dropped = await nameMustBeFree(patch.name, () =>
    // Locked: a key that is set meanwhile is one for the old address.
    inTransaction(services.db, async (client) => {
      const before = await lockEndpoint(client, endpointId);
      const drops = dropsKey(before, patch);
      const changes = {
        ...toColumns(services, before, { ...patch, ...(found?.baseUrl && { baseUrl: found.baseUrl }) }),
        ...(drops && { apiKeyEncrypted: null }),
      };
      await typed(client).update(endpoints).set(changes).where(eq(endpoints.id, endpointId));
      const target = { kind: 'endpoint', id: endpointId, name: before.name } as const;
      await recordAct(client, asker, 'endpoint.change', target, told(patch));
      return drops;
    }),
  );
  if (dropped)
    services.log.warn(
      { endpointId, baseUrl: patch.baseUrl },
      'an endpoint got the address of another server; its stored key was dropped',
    );
  tellEndpointChanged(services, endpointId);
  await wakeEndpoint(services, endpointId);
  const after = await readEndpoint(services.db.$client, endpointId);
  if (found && found.baseUrl === after.baseUrl) await keepReading(services, after, found.read);
  else if (patch.baseUrl !== undefined || patch.apiKey !== undefined || patch.enabled)
    await refreshEndpoint(services, endpointId);
  return presentEndpoint(await readEndpoint(services.db.$client, endpointId));
}

/** Where the models are if the patch names an address, asked with the key that the row will have; else null. */
async function findPatched(
  services: Services,
  endpointId: string,
  patch: EndpointPatch,
): Promise<FoundAddress | null> {
  const { apiKey, baseUrl } = patch;
  if (baseUrl === undefined) return null;
  const before = await readEndpoint(services.db.$client, endpointId);
  const { id, kind } = before;
  if (kind === 'scripted') return null;
  const kept = dropsKey(before, patch) ? null : before.apiKeyEncrypted;
  const apiKeyEncrypted = apiKey === undefined ? kept : apiKey === '' ? null : sealKey(services, id, apiKey);
  return findAddress(services, { id, kind, baseUrl: checkBaseUrl(baseUrl), apiKeyEncrypted });
}

const dropsKey = (before: EndpointRow, { apiKey, baseUrl }: EndpointPatch): boolean =>
  before.apiKeyEncrypted !== null &&
  apiKey === undefined &&
  baseUrl !== undefined &&
  !isSameServer(before.baseUrl, baseUrl);

function toColumns(
  services: Services,
  before: EndpointRow,
  patch: EndpointPatch,
): Partial<typeof endpoints.$inferInsert> {
  const { apiKey, baseUrl, paused, timeouts, windows, ...plain } = patch;
  if (baseUrl !== undefined && before.kind === 'scripted')
    throw invalidInput('baseUrl', say('endpoint_scripted_has_no_address'));
  return {
    ...plain,
    updatedAt: new Date(),
    ...(baseUrl !== undefined && { baseUrl: checkBaseUrl(baseUrl) }),
    // A key set here is the admin's from now on; a changed variable no longer replaces it.
    ...(apiKey !== undefined && {
      apiKeyEncrypted: apiKey === '' ? null : sealKey(services, before.id, apiKey),
      ...(before.source === 'environment' && { source: 'admin' as const }),
    }),
    ...(timeouts && { timeouts: { ...before.timeouts, ...timeouts } }),
    ...(windows && { windows: withWindows(before.windows, windows) }),
    ...(paused !== undefined && { pausedAt: paused ? (before.pausedAt ?? new Date()) : null }),
    // A new address deserves a new chance.
    ...((baseUrl !== undefined || apiKey !== undefined) && { failures: 0, retryAt: null }),
  };
}

const withWindows = (before: Record<string, number>, patch: NonNullable<EndpointPatch['windows']>) =>
  Object.fromEntries(
    Object.entries({ ...before, ...patch }).flatMap(([name, window]) =>
      window === null ? [] : [[name, window] as const],
    ),
  );
