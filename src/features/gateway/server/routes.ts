/** The routes for programs that speak OpenAI's dialect: the same models, queue, limits and ledger as for everybody. */
import { z } from 'zod';
import { listModels, offerModels } from '#features/endpoints/server/index.ts';
import { askModel, type GenerationsRuntime, logQueued } from '#features/generations/server/index.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { answerErrorsBelow } from '#platform/http/send-error.ts';
import { ChatCompletion, ChatCompletionInput, ModelList, ModelObject } from '../gateway.ts';
import { factsOf } from './answer.ts';
import { answerStream } from './answer-stream.ts';
import { answerWhole } from './answer-whole.ts';
import { findModel, modelNotFound } from './find-model.ts';
import { sendOpenAiError } from './openai-error.ts';
import { classFrom, toInput, toParameters } from './read-input.ts';

const config = { access: 'user', scope: 'models' } as const;
const tags = ['OpenAI'];
/** The ledger's word for what comes in here. */
const CLIENT = 'openai';

/** Adds `/v1/models` and `/v1/chat/completions`, with errors in OpenAI's shape for everything under `/v1`. */
export async function addGatewayRoutes(app: App, runtime: GenerationsRuntime): Promise<void> {
  answerErrorsBelow(app, '/v1', sendOpenAiError);
  await app.register(async (scope) => addRoutes(scope as App, runtime), { prefix: '/v1' });
}

function addRoutes(app: App, runtime: GenerationsRuntime): void {
  const { services } = runtime;

  app.get(
    '/models',
    { config, schema: { tags, summary: 'Models that may be asked for', response: { 200: ModelList } } },
    async (request) => ({
      object: 'list' as const,
      data: (await offerModels(services.db, principalOf(request))).map(toModelObject),
    }),
  );

  app.get(
    '/models/:modelId',
    {
      config,
      schema: {
        tags,
        summary: 'One model',
        params: z.object({ modelId: z.string() }),
        response: { 200: ModelObject },
      },
    },
    async (request) => {
      const { modelId } = request.params;
      const model = (await listModels(services.db)).find(({ id }) => id === modelId);
      if (!model) throw modelNotFound(modelId);
      return toModelObject(model);
    },
  );

  app.post(
    '/chat/completions',
    {
      config,
      schema: {
        tags,
        summary: 'Ask a model, in OpenAI’s words',
        description:
          'Waits in the same line as everybody. With `stream` the answer is server-sent chunks; who hangs up stops it. The header `x-parley-class` may say `batch` or `background`.',
        body: ChatCompletionInput,
        response: { 200: ChatCompletion },
      },
    },
    async (request, reply) => {
      runtime.assertOpen();
      const { body } = request;
      const principal = principalOf(request);
      runtime.openStreams.assertRoom(principal);
      const model = await findModel(services, body.model);
      const generationId = await askModel(services, principal, {
        model,
        input: toInput(body),
        parameters: toParameters(body),
        class: classFrom(request.headers),
        client: CLIENT,
      });
      logQueued(request.log, { id: generationId, chatId: null, modelId: model.modelId, client: CLIENT });
      reply.header('x-parley-generation-id', generationId);
      const following = { runtime, principal, generationId, reply };
      const facts = factsOf(generationId, model.modelId);
      if (body.stream) {
        await answerStream(following, facts, body.stream_options?.include_usage === true);
        // Nothing was written to a client that left early, and nothing is to be.
        return reply.sent ? reply : reply.hijack();
      }
      const answer = await answerWhole(following, facts);
      return answer ?? reply.hijack();
    },
  );
}

/** When a model was made is not known here; the field must be there. */
const toModelObject = ({ id, endpoint }: { id: string; endpoint: string }) => ({
  id,
  object: 'model' as const,
  created: 0,
  owned_by: endpoint,
});
