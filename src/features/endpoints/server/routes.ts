/** Endpoints for admins, models for everybody signed in. */
import { z } from 'zod';
import { Id, page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { pageOf, ShortListQuery } from '#platform/http/short-list.ts';
import type { Services } from '#platform/services.ts';
import {
  DefaultModel,
  Endpoint,
  EndpointPatch,
  EndpointTest,
  EndpointTrial,
  Model,
  NewEndpoint,
  TrialResult,
} from '../endpoints.ts';
import { admit } from './admit.ts';
import { chooseDefaultModel, chosenModel } from './choose-default-model.ts';
import { createEndpoint } from './create-endpoint.ts';
import { deleteEndpoint } from './delete-endpoint.ts';
import { listModels, offerModels } from './list-models.ts';
import { patchEndpoint } from './patch-endpoint.ts';
import { presentEndpoint } from './present-endpoint.ts';
import { readEndpoint, readEndpoints } from './read-endpoint.ts';
import { testEndpoint } from './test-endpoint.ts';
import { tryEndpoint } from './try-endpoint.ts';

const ADMIN = { access: 'admin', scope: 'admin' } as const;
const tags = ['Endpoints'];
const params = z.object({ endpointId: Id });

export function addEndpointRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/models',
    {
      config: { access: 'user', scope: 'models' },
      schema: {
        tags: ['Models'],
        summary: 'Models that may be asked for, the default first',
        querystring: ShortListQuery,
        response: { 200: page(Model) },
      },
    },
    async (request) =>
      pageOf(await offerModels(services.db, principalOf(request)), (model) => model.id, request.query),
  );
  app.get(
    '/api/v1/admin/default-model',
    {
      config: ADMIN,
      schema: {
        tags,
        summary: 'The default model that was chosen; null while Parley chooses',
        response: { 200: DefaultModel },
      },
    },
    async () => ({ modelId: await chosenModel(services.db) }),
  );
  app.put(
    '/api/v1/admin/default-model',
    {
      config: ADMIN,
      schema: {
        tags,
        summary: 'Choose the default model; null lets Parley choose',
        body: DefaultModel,
        response: { 200: page(Model) },
      },
    },
    async (request) => {
      await chooseDefaultModel(services.db, principalOf(request), request.body.modelId);
      return { items: await listModels(services.db), nextCursor: null };
    },
  );
  app.get(
    '/api/v1/admin/endpoints',
    {
      config: ADMIN,
      schema: {
        tags,
        summary: 'All endpoints',
        querystring: ShortListQuery,
        response: { 200: page(Endpoint) },
      },
    },
    async (request) => {
      const endpoints = (await readEndpoints(services.db.$client)).map(presentEndpoint);
      return pageOf(endpoints, (endpoint) => endpoint.id, request.query);
    },
  );
  app.post(
    '/api/v1/admin/endpoints',
    {
      config: ADMIN,
      schema: {
        tags,
        summary: 'Add an endpoint and read its models',
        body: NewEndpoint,
        response: { 201: Endpoint },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await createEndpoint(services, principalOf(request), request.body)),
  );
  app.get(
    '/api/v1/admin/endpoints/:endpointId',
    { config: ADMIN, schema: { tags, summary: 'One endpoint', params, response: { 200: Endpoint } } },
    async (request) => presentEndpoint(await readEndpoint(services.db.$client, request.params.endpointId)),
  );
  app.patch(
    '/api/v1/admin/endpoints/:endpointId',
    {
      config: ADMIN,
      schema: {
        tags,
        summary: 'Change an endpoint',
        params,
        body: EndpointPatch,
        response: { 200: Endpoint },
      },
    },
    async (request) => patchEndpoint(services, principalOf(request), request.params.endpointId, request.body),
  );
  app.delete(
    '/api/v1/admin/endpoints/:endpointId',
    {
      config: ADMIN,
      schema: {
        tags,
        summary: 'Delete an endpoint where nothing waits or runs',
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await deleteEndpoint(services, principalOf(request), request.params.endpointId);
      return reply.status(204).send(null);
    },
  );
  const lines = {
    pause: 'Hold the line: it accepts, but starts nothing',
    drain: 'Drain the line: it accepts nothing, but finishes what waits',
    resume: 'Go on: neither paused nor draining, and tried at once if it was down',
  } as const;
  for (const [what, summary] of Object.entries(lines) as [keyof typeof lines, string][])
    app.post(
      `/api/v1/admin/endpoints/:endpointId/${what}`,
      { config: ADMIN, schema: { tags, summary, params, response: { 200: Endpoint } } },
      async (request) => admit(services, principalOf(request), request.params.endpointId, what),
    );
  app.post(
    '/api/v1/admin/endpoints/test',
    {
      config: ADMIN,
      schema: {
        tags,
        summary: 'Try an endpoint out before it is saved: read its models, and find its address',
        body: EndpointTrial,
        response: { 200: TrialResult },
      },
    },
    async (request) => tryEndpoint(services, request.body),
  );
  app.post(
    '/api/v1/admin/endpoints/:endpointId/test',
    {
      config: ADMIN,
      schema: { tags, summary: 'Read the model list now', params, response: { 200: EndpointTest } },
    },
    async (request) => testEndpoint(services, request.params.endpointId),
  );
}
