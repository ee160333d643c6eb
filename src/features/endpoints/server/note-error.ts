import type { Queryable } from '#platform/database/database.ts';
import { toDetail } from '#platform/sentences.ts';
import type { ProviderFailure } from '#providers/provider.ts';
import type { LastError } from '../endpoints.ts';

/**
 * Keeps for admins how the endpoint failed last, with what it said itself. `model`: which one was asked; null when its list was.
 * The row's other columns stay, so nobody who reads them need be told. The scripted model fails only when told to.
 */
export async function noteError(
  db: Queryable,
  endpointId: string,
  { code, sentence, said }: ProviderFailure,
  model: string | null,
): Promise<void> {
  const error: LastError = {
    at: new Date().toISOString(),
    model,
    code,
    ...toDetail(sentence),
    said: said ?? null,
  };
  await db.query("UPDATE endpoints SET last_error = $2 WHERE id = $1 AND kind <> 'scripted'", [
    endpointId,
    JSON.stringify(error),
  ]);
}
