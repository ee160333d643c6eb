/** The instance's settings: limits of everybody for whom nothing else is set. */
import type { Services } from '#platform/services.ts';
import type { LimitSettings, Limits } from '../accounts.ts';
import { principalsChanged } from './change-principals.ts';
import { builtInLimits, layer } from './limits.ts';

/** The settings in force. */
export async function readSettings(services: Services): Promise<Limits> {
  const { rows } = await services.db.$client.query<{ settings: Partial<LimitSettings> }>(
    'SELECT settings FROM instance',
  );
  return layer(builtInLimits(services), rows[0]!.settings);
}

/** Changes what is given; null brings back the built-in default. */
export async function updateSettings(services: Services, patch: Partial<LimitSettings>): Promise<Limits> {
  await services.db.$client.query('UPDATE instance SET settings = jsonb_strip_nulls(settings || $1::jsonb)', [
    JSON.stringify(patch),
  ]);
  principalsChanged(services);
  return readSettings(services);
}
