import { recordAct } from '#features/audit/server/index.ts';
import { inTransaction, isUniqueViolation, typed } from '#platform/database/database.ts';
import { AppError } from '#platform/errors.ts';
import { newId } from '#platform/ids.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Endpoint, NewEndpoint } from '../endpoints.ts';
import { baseUrlOf, DEFAULT_SLOTS } from './endpoint-defaults.ts';
import { findAddress } from './find-address.ts';
import { presentEndpoint } from './present-endpoint.ts';
import { readEndpoint } from './read-endpoint.ts';
import { keepReading } from './refresh-endpoint.ts';
import { say } from './say.ts';
import { sealKey } from './seal-key.ts';
import { endpoints } from './tables.ts';
import { told } from './tell-change.ts';

/**
 * Makes an endpoint and reads its models, at the address where they are. It is made also when nothing answers there: the server may
 * start later.
 */
export async function createEndpoint(
  services: Services,
  asker: Principal,
  input: NewEndpoint,
): Promise<Endpoint> {
  const id = newId();
  const given = baseUrlOf(input.kind, input.baseUrl);
  const apiKeyEncrypted = input.apiKey ? sealKey(services, id, input.apiKey) : null;
  const { baseUrl, read } = await findAddress(services, {
    id,
    kind: input.kind,
    baseUrl: given,
    apiKeyEncrypted,
  });
  await nameMustBeFree(input.name, () =>
    inTransaction(services.db, async (tx) => {
      await typed(tx)
        .insert(endpoints)
        .values({
          id,
          name: input.name,
          kind: input.kind,
          baseUrl,
          apiKeyEncrypted,
          slots: input.slots ?? DEFAULT_SLOTS[input.kind],
          maxQueued: input.maxQueued,
          enabled: input.enabled,
          timeouts: input.timeouts,
          checkedAt: new Date(),
        });
      await recordAct(tx, asker, 'endpoint.create', { kind: 'endpoint', id, name: input.name }, told(input));
    }),
  );
  await keepReading(services, await readEndpoint(services.db.$client, id), read);
  return presentEndpoint(await readEndpoint(services.db.$client, id));
}

/** Runs a write; a name that somebody else has becomes `conflict`. */
export async function nameMustBeFree<T>(name: string | undefined, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw new AppError('conflict', say('endpoint_name_taken', { name: name ?? '' }), { field: 'name' });
  }
}
