import { and, eq } from 'drizzle-orm';
import type { Db } from '#platform/database/database.ts';
import { notFound } from '#platform/errors.ts';
import type { GenerationRow } from './present-generation.ts';
import { generations } from './tables.ts';

/** The user's own generation; 404 for a stranger's and an unknown one alike. */
export async function generationFor(db: Db, userId: string, generationId: string): Promise<GenerationRow> {
  const [row] = await db
    .select()
    .from(generations)
    .where(and(eq(generations.id, generationId), eq(generations.userId, userId)));
  if (!row) throw notFound('generation');
  return row;
}
