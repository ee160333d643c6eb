import { type ResolvedModel, resolveModel } from '#features/endpoints/server/index.ts';
import type { Origin } from '#features/settings/rules.ts';
import type { Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import { say } from './say.ts';

/** A model that may be asked, and who says so. */
export type Candidate = { value: string | null; from: Origin };

/** A model that was looked up because it is likely to be asked; null: it is not known. */
export type Guess = { value: string | null; model: ResolvedModel | null };

/** The first candidate that is still known, else the default model; 400 when there is none. */
export async function chooseModel(
  db: Queryable,
  candidates: readonly Candidate[],
  guess?: Guess,
): Promise<{ model: ResolvedModel; from: Origin }> {
  for (const { value, from } of candidates) {
    const model =
      value === null ? null : value === guess?.value ? guess.model : await resolveModel(db, value);
    if (model) return { model, from };
    if (from === 'message' && value !== null)
      throw invalidInput('modelId', say('no_such_model', { model: value.slice(0, 200) }));
  }
  const model = await resolveModel(db, undefined);
  if (!model) throw invalidInput('modelId', say('no_models'));
  return { model, from: 'default' };
}
