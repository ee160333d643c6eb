import { type ResolvedModel, resolveModel } from '#features/endpoints/server/index.ts';
import { assertFitsWindow } from '#features/generations/server/index.ts';
import type { Part } from '#features/messages/messages.ts';
import { textOf } from '#features/messages/rules.ts';
import type { Queryable } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import { say } from './say.ts';

/**
 * The model asked for; else the chat's last, while it is still known; else the default one. 400 when there is none, 413 when it
 * cannot read what it is to answer.
 */
export async function chooseModel(
  db: Queryable,
  asked: string | undefined,
  last: string | null,
  question: Part[],
): Promise<ResolvedModel> {
  const model = await findModel(db, asked, last);
  assertFitsWindow(model, textOf(question));
  return model;
}

async function findModel(
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
