/** The routes of one generation: reading, following and stopping it; and what admins may do to anybody's. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Id } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { Generation } from '../generations.ts';
import { generationFor } from './access.ts';
import { addAdminGenerationRoutes } from './admin-routes.ts';
import { placeOf, presentGeneration } from './present-generation.ts';
import { cancelGeneration } from './run/cancel-generation.ts';
import type { GenerationsRuntime } from './runtime.ts';
import { resumeAfter, streamEvents } from './stream/sse.ts';

const tags = ['Generations'];
const byGeneration = z.object({ generationId: Id });
const config = { access: 'user', scope: 'chat' } as const;

/** Adds the routes to `app`. */
export function addGenerationRoutes(app: App, runtime: GenerationsRuntime): void {
  const { services, delivery } = runtime;
  addAdminGenerationRoutes(app, services);
  const { db } = services;

  app.get(
    '/api/v1/generations/:generationId',
    {
      config,
      schema: { tags, summary: 'One generation', params: byGeneration, response: { 200: Generation } },
    },
    async (request) => {
      const row = await generationFor(db.$client, principalOf(request), request.params.generationId, 'read');
      return presentGeneration(row, await placeOf(db.$client, row));
    },
  );

  app.get(
    '/api/v1/generations/:generationId/events',
    {
      config,
      schema: {
        tags,
        summary: 'Follow a generation as Server-Sent Events',
        description:
          '`Last-Event-ID` resumes; 204 when the last event was had already. See the stream contract.',
        params: byGeneration,
      },
    },
    async (request, reply) => {
      const { id } = await generationFor(
        db.$client,
        principalOf(request),
        request.params.generationId,
        'read',
      );
      runtime.openStreams.assertRoom(principalOf(request));
      const after = resumeAfter(request.headers['last-event-id'], id);
      await streamEvents(reply, delivery, {
        userId: principalOf(request).userId,
        generationId: id,
        after,
        untilRevoked: watcher(request),
      });
      return reply;
    },
  );

  app.post(
    '/api/v1/generations/:generationId/cancel',
    {
      config,
      schema: {
        tags,
        summary: 'Stop a generation',
        description: 'Idempotent; answers with the generation in its final state.',
        params: byGeneration,
        response: { 200: Generation },
      },
    },
    async (request) =>
      presentGeneration(
        await cancelGeneration(services, principalOf(request), request.params.generationId),
        null,
      ),
  );

  const watcher = (request: FastifyRequest) => (close: () => void) =>
    runtime.openStreams.watch(principalOf(request), close);
}
