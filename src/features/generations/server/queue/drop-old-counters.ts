import type { Services } from '#platform/services.ts';

/** Forgets what was served to users who are gone, and to addresses that no guest came from any more. */
export async function dropOldCounters({ db }: Pick<Services, 'db'>): Promise<void> {
  await db.$client.query(
    `DELETE FROM fair_share f WHERE NOT EXISTS (SELECT FROM users u WHERE u.id = f.party_id)
       AND NOT EXISTS (SELECT FROM users u WHERE u.guest_address = f.party_id)`,
  );
}
