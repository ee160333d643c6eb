import { type ResolvedModel, resolveModel } from '#features/endpoints/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import { say } from './say.ts';

/** The model asked for; else the chat's last, while it is still known; else the default one. 400 when there is none. */
export async function chooseModel(
  db: Queryable,
  asked: string | undefined,
  last: string | null,
): Promise<ResolvedModel> {
  const model =
    asked !== undefined
      ? await resolveModel(db, asked)
      : ((last && (await resolveModel(db, last))) ?? (await resolveModel(db, undefined)));
  if (model) return model;
  if (asked === undefined) throw invalidInput('modelId', say('no_models'));
  throw invalidInput('modelId', say('no_such_model', { model: asked.slice(0, 200) }));
}
