import { listModels, type ResolvedModel, resolveModel } from '#features/endpoints/server/index.ts';
import type { Services } from '#platform/services.ts';
import { OpenAiError } from './openai-error.ts';

/** The model with this id; or with this bare name, where one endpoint alone has it. 404 otherwise, as OpenAI says it. */
export async function findModel({ db }: Services, asked: string): Promise<ResolvedModel> {
  const exact = await resolveModel(db, asked);
  if (exact) return exact;
  const named = (await listModels(db)).filter((model) => model.name === asked);
  const only = named.length === 1 ? await resolveModel(db, named[0]!.id) : null;
  if (only) return only;
  throw modelNotFound(
    asked,
    named.map((model) => model.id),
  );
}

/** `candidates`: models of several endpoints that share the name. */
export function modelNotFound(asked: string, candidates: readonly string[] = []): OpenAiError {
  const name = `“${asked.slice(0, 200)}”`;
  return new OpenAiError(404, {
    message:
      candidates.length > 1
        ? `Several endpoints have a model ${name}. Name one of them: ${candidates.slice(0, 10).join(', ')}.`
        : `There is no model ${name}. GET /v1/models lists those there are.`,
    type: 'invalid_request_error',
    param: 'model',
    code: 'model_not_found',
  });
}
