/** The instance's settings: limits of everybody for whom nothing else is set, and those of guests. */
import { recordAct } from '#features/audit/server/index.ts';
import { assertSettings } from '#features/settings/server/index.ts';
import { inTransaction } from '#platform/database/database.ts';
import { EVERYBODY_TOPIC } from '#platform/live-bus/live-bus.ts';
import type { Principal } from '#platform/principal.ts';
import type { Services } from '#platform/services.ts';
import type { Settings, SettingsPatch, StoredSettings } from '../accounts.ts';
import { settingsOf } from './built-in-limits.ts';
import { principalsChanged } from './change-principals.ts';

/** The settings in force. */
export async function readSettings(services: Services): Promise<Settings> {
  const { rows } = await services.db.$client.query<{ settings: StoredSettings }>(
    'SELECT settings FROM instance',
  );
  return settingsOf(services, rows[0]!.settings);
}

/** The largest file that may be stored. */
export const maxFileBytes = async (services: Services): Promise<number> =>
  (await readSettings(services)).maxFileBytes;

/** Changes what is given; null brings back the built-in default. Everybody is told of other settings for models, not of which. */
export async function updateSettings(
  services: Services,
  asker: Principal,
  patch: SettingsPatch,
): Promise<Settings> {
  await inTransaction(services.db, async (tx) => {
    if (patch.settings) await assertSettings(tx, patch.settings, 'settings');
    if (patch.titles && patch.titles !== 'off') await assertSettings(tx, patch.titles, 'titles');
    const { rows } = await tx.query<{ settings: StoredSettings }>('SELECT settings FROM instance FOR UPDATE');
    const { guests = {}, ...before } = rows[0]!.settings;
    const changed = {
      ...before,
      ...patch,
      guests: {
        ...guests,
        ...patch.guests,
        perAddress: { ...guests.perAddress, ...patch.guests?.perAddress },
      },
    };
    await tx.query('UPDATE instance SET settings = jsonb_strip_nulls($1::jsonb)', [JSON.stringify(changed)]);
    await recordAct(tx, asker, 'settings.change', { kind: 'instance' }, patch);
  });
  principalsChanged(services);
  if (patch.settings)
    services.bus.publish(EVERYBODY_TOPIC, { type: 'settings_saved', data: { layer: 'instance' } });
  return readSettings(services);
}
