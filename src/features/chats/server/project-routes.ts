/** The routes of projects that concern their chats. */
import { z } from 'zod';
import { Project } from '#features/projects/projects.ts';
import { Id } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { deleteProject, restoreProject } from './project-chats.ts';

const PROJECT = '/api/v1/projects/:projectId';
const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Projects'];
const params = z.object({ projectId: Id });

/** Adds deleting a project and undoing it. */
export function addProjectChatRoutes(app: App, services: Services): void {
  app.delete(
    PROJECT,
    {
      config,
      schema: {
        tags,
        summary: 'Delete a project; for a day it can be restored',
        description:
          'With `chats=keep` each chat goes back to its author, private. With `chats=delete` shared chats and your own are deleted.',
        params,
        querystring: z.object({ chats: z.enum(['keep', 'delete']).default('keep') }),
        response: { 204: z.null().describe('It is deleted.') },
      },
    },
    async (request, reply) => {
      await deleteProject(services, principalOf(request), request.params.projectId, request.query.chats);
      return reply.status(204).send(null);
    },
  );

  app.post(
    `${PROJECT}/restore`,
    {
      config,
      schema: {
        tags,
        summary: 'Undo the deletion of a project, within a day',
        params,
        response: { 200: Project },
      },
    },
    (request) => restoreProject(services, principalOf(request), request.params.projectId),
  );
}
