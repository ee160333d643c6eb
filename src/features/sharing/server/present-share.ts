import type { Share } from '../sharing.ts';
import type { ShareRow } from './access.ts';

type Shown = Pick<ShareRow, 'id' | 'createdAt' | 'expiresAt' | 'withReasoning' | 'messageCount'>;

/** A link as those see it who may withdraw it: never with its token, of which there is only the hash. */
export const presentShare = (row: Shown): Share => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  includeReasoning: row.withReasoning,
  messageCount: row.messageCount,
});
