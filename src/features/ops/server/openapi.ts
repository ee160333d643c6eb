/** The OpenAPI document, made from the same schemas that validate; see docs/api.md for people. */
import '@fastify/websocket';
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import type { RouteOptions } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { Me } from '#features/accounts/accounts.ts';
import { Chat } from '#features/chats/chats.ts';
import { Endpoint, Model } from '#features/endpoints/endpoints.ts';
import { Generation } from '#features/generations/generations.ts';
import { Message } from '#features/messages/messages.ts';
import { LedgerEntry } from '#features/usage/ledger.ts';
import { Json } from '#fields';
import type { App } from '#platform/http/app.ts';
import { sendFile } from '#platform/http/send-file.ts';
import { type WebFile, webFile } from '#platform/http/web-files.ts';
import type { Services } from '#platform/services.ts';
import { addAnswers, answers } from './openapi-answers.ts';
import { tidy } from './openapi-tidy.ts';
import { info, securitySchemes, tags } from './openapi-words.ts';

/** Shown by name in the document instead of being repeated at every route. */
const NAMED = { Chat, Message, Generation, LedgerEntry, Endpoint, Model, Me, Json };
/** What is no interface for programs, such as the web page's files, stays out. */
const DESCRIBED = /^\/(api\/)?v1\//;

/** Collects every route that is added after it, and serves the document at `/api/v1/openapi.json`. */
export async function describeApi(app: App, { config }: Pick<Services, 'config'>): Promise<void> {
  for (const [id, schema] of Object.entries(NAMED))
    if (!z.globalRegistry.has(schema)) z.globalRegistry.add(schema, { id });
  const options: FastifyDynamicSwaggerOptions = {
    openapi: {
      openapi: '3.1.0',
      info,
      tags,
      servers: [{ url: config.baseUrl ?? '/' }],
      components: { securitySchemes, responses: answers },
      security: Object.keys(securitySchemes).map((name) => ({ [name]: [] })),
    },
    transform: describeRoute as FastifyDynamicSwaggerOptions['transform'] & {},
    transformObject: (document) =>
      tidy(addAnswers(jsonSchemaTransformObject(document) as OpenAPIV3_1.Document)),
  };
  await app.register(swagger, options);

  let document: WebFile | undefined;
  app.get(
    '/api/v1/openapi.json',
    {
      config: { access: 'public' },
      schema: {
        tags: ['About'],
        summary: 'This document',
        response: { 200: z.record(z.string(), z.unknown()).describe('OpenAPI 3.1') },
      },
    },
    async (request, reply) => {
      // All routes are known once the server listens, so one rendering serves everybody.
      document ??= webFile('application/json', Buffer.from(JSON.stringify(app.swagger())));
      return sendFile(request, reply, document);
    },
  );
}

type Described = Parameters<typeof jsonSchemaTransform>[0] & { route: RouteOptions };

function describeRoute(described: Described) {
  const { route } = described;
  // The WebSocket plugin hides its routes, because OpenAPI has no word for them; they are described in words.
  const isSocket = route.wsHandler !== undefined;
  const given = isSocket ? { ...described.schema, hide: false } : described.schema;
  const { url, schema } = jsonSchemaTransform({ ...described, schema: given });
  const { access, scope } = route.config ?? {};
  if (!DESCRIBED.test(url)) return { url, schema: { hide: true } };
  return {
    url,
    schema: {
      ...schema,
      'x-access': access,
      ...(access !== 'public' && { 'x-scope': scope }),
      ...(isSocket && { 'x-websocket': true }),
      // Public routes override the document's rule that one must have signed in.
      ...(access === 'public' && { security: [] }),
    },
  };
}
