/** What admins may do to anybody's generation. */
import { z } from 'zod';
import { recordAct } from '#features/audit/server/index.ts';
import { Id } from '#fields';
import { camelRow } from '#platform/database/rows.ts';
import { notFound } from '#platform/errors.ts';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { Generation, PriorityClass } from '../generations.ts';
import { isTerminalState } from '../rules.ts';
import { columnsOf, type GenerationRow } from './generation-columns.ts';
import { placeOf, presentGeneration } from './present-generation.ts';
import { moveToFront, setClass } from './queue/change-priority.ts';
import { stop } from './run/cancel-generation.ts';
import { say } from './say.ts';

const config = { access: 'admin', scope: 'admin' } as const;
const tags = ['Generations'];
const params = z.object({ generationId: Id });

/** Adds the routes to `app`. */
export function addAdminGenerationRoutes(app: App, services: Services): void {
  const { db } = services;

  async function read(generationId: string) {
    const { rows } = await db.$client.query({
      name: 'any-generation',
      text: `SELECT ${columnsOf('g')} FROM generations g WHERE g.id = $1`,
      values: [generationId],
    });
    if (!rows[0]) throw notFound(say('no_such_generation'));
    return camelRow<GenerationRow>(rows[0]);
  }
  async function show(generationId: string): Promise<Generation> {
    const row = await read(generationId);
    return presentGeneration(row, await placeOf(db.$client, row));
  }

  app.patch(
    '/api/v1/admin/generations/:generationId',
    {
      config,
      schema: {
        tags,
        summary: 'Change the class of a generation that waits',
        params,
        body: z.object({ class: PriorityClass }),
        response: { 200: Generation },
      },
    },
    async (request) => {
      await setClass(services, principalOf(request), request.params.generationId, request.body.class);
      return show(request.params.generationId);
    },
  );
  app.post(
    '/api/v1/admin/generations/:generationId/move-to-front',
    {
      config,
      schema: {
        tags,
        summary: 'Make a generation that waits the next',
        params,
        response: { 200: Generation },
      },
    },
    async (request) => {
      await moveToFront(services, principalOf(request), request.params.generationId);
      return show(request.params.generationId);
    },
  );
  app.post(
    '/api/v1/admin/generations/:generationId/cancel',
    {
      config,
      schema: { tags, summary: 'Stop anybody’s generation', params, response: { 200: Generation } },
    },
    async (request) => {
      const { id, state } = await read(request.params.generationId);
      if (!isTerminalState(state)) {
        // Before the act, which takes several transactions: one that is cut short stands in the log as well.
        await recordAct(db.$client, principalOf(request), 'generation.cancel', { kind: 'generation', id });
        await stop(services, id);
      }
      return show(id);
    },
  );
}
