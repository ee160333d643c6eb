import type { Database } from '#platform/database/database.ts';
import type { Claimed } from '../queue/claim.ts';
import { correctRatios, EVEN, type Tokens } from './estimate-tokens.ts';

/** Less is not worth a write that all generations of the model would line up for. */
const WORTH = 0.02;

/**
 * Corrects what is estimated for a model by what its server counted. Of several generations that end at once the last one wins:
 * each has stepped towards the truth from where it began.
 */
export async function noteTokens(
  db: Database,
  { endpointId, modelName, tokenRatios }: Pick<Claimed, 'endpointId' | 'modelName' | 'tokenRatios'>,
  estimated: Tokens,
  counted: number,
): Promise<void> {
  const before = tokenRatios ?? EVEN;
  const after = correctRatios(before, estimated, counted);
  const moved = Math.max(Math.abs(after.latin / before.latin - 1), Math.abs(after.other / before.other - 1));
  if (moved < WORTH) return;
  await db.$client.query({
    name: 'note-tokens',
    text: 'UPDATE models SET token_ratios = $3 WHERE endpoint_id = $1 AND name = $2',
    values: [endpointId, modelName, JSON.stringify(after)],
  });
}
