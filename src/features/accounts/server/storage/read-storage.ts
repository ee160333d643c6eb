import type { Services } from '#platform/services.ts';

/** How many bytes a user has stored. */
export async function readStorage({ db }: Pick<Services, 'db'>, userId: string): Promise<number> {
  const { rows } = await db.$client.query<{ bytes: number }>({
    name: 'storage-of-user',
    text: 'SELECT bytes FROM storage WHERE owner_id = $1',
    values: [userId],
  });
  return rows[0]?.bytes ?? 0;
}
