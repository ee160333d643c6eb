import { z } from 'zod';
import { Id, Limit, page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { ApiKey, ApiKeyInput, NewApiKey } from '../accounts.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';

const tags = ['API keys'];
/** No key makes or revokes one: who finds a key must not get more of them, nor take the others away. */
const SIGNED_IN = { access: 'account', scope: null } as const;

/** Adds `/api/v1/api-keys`. Guests have none: a key would outlive the browser that is all they are known by. */
export function addApiKeyRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/api-keys',
    {
      config: { access: 'account', scope: 'chat' },
      schema: {
        tags,
        summary: 'Your API keys, newest first',
        querystring: z.object({ limit: Limit, cursor: Id.optional() }),
        response: { 200: page(ApiKey) },
      },
    },
    async (request) => listApiKeys(services, principalOf(request), request.query),
  );
  app.post(
    '/api/v1/api-keys',
    {
      config: SIGNED_IN,
      schema: {
        tags,
        summary: 'Make an API key; `key` is shown this once',
        body: ApiKeyInput,
        response: { 201: NewApiKey },
      },
    },
    async (request, reply) => {
      const made = await createApiKey(services, principalOf(request), request.body);
      return reply.status(201).send(made);
    },
  );
  app.delete(
    '/api/v1/api-keys/:apiKeyId',
    {
      config: SIGNED_IN,
      schema: {
        tags,
        summary: 'Revoke an API key',
        params: z.object({ apiKeyId: Id }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await revokeApiKey(services, principalOf(request), request.params.apiKeyId);
      return reply.status(204).send(null);
    },
  );
}
