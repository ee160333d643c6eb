import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { mountContext, projectOwner } from '#features/contexts/server/index.ts';
import { Id, page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { projectTopic } from '#platform/live-bus/live-bus.ts';
import type { Services } from '#platform/services.ts';
import { NewProject, Project, ProjectFilter, ProjectPatch } from '../projects.ts';
import { projectFor } from './access.ts';
import { changeProject, createProject } from './change-projects.ts';
import { addMemberRoutes } from './member-routes.ts';
import { listProjects, readProject } from './read-projects.ts';

const PROJECTS = '/api/v1/projects';
const PROJECT = `${PROJECTS}/:projectId`;
const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Projects'];
const params = z.object({ projectId: Id });

/** Adds projects and their members. Deleting one concerns its chats, and is added with those. */
export function addProjectRoutes(app: App, services: Services): void {
  const { db } = services;
  addMemberRoutes(app, services);
  addInstructionRoutes(app, services);

  app.get(
    PROJECTS,
    {
      config,
      schema: {
        tags,
        summary: 'List your projects, newest activity first',
        querystring: ProjectFilter,
        response: { 200: page(Project) },
      },
    },
    (request) => listProjects(db.$client, principalOf(request), request.query),
  );

  app.post(
    PROJECTS,
    { config, schema: { tags, summary: 'Make a project', body: NewProject, response: { 201: Project } } },
    async (request, reply) =>
      reply.status(201).send(await createProject(services, principalOf(request), request.body)),
  );

  app.get(
    PROJECT,
    { config, schema: { tags, summary: 'Read a project', params, response: { 200: Project } } },
    (request) => readProject(db.$client, principalOf(request), request.params.projectId),
  );

  app.patch(
    PROJECT,
    {
      config,
      schema: {
        tags,
        summary: 'Change what is named of a project, or archive it',
        params,
        body: ProjectPatch,
        response: { 200: Project },
      },
    },
    (request) => changeProject(services, principalOf(request), request.params.projectId, request.body),
  );
}

function addInstructionRoutes(app: App, services: Services): void {
  const idOf = (request: FastifyRequest) => (request.params as { projectId: string }).projectId;
  mountContext(app, services, {
    path: PROJECT,
    what: "a project's instructions",
    tags,
    config,
    params: { projectId: Id },
    toRead: async (db, request) =>
      projectOwner((await projectFor(db, principalOf(request), idOf(request), 'read')).id),
    toWrite: async (tx, request) => {
      const { id } = await projectFor(tx, principalOf(request), idOf(request), 'write', { lock: 'share' });
      return { owner: projectOwner(id), audience: [projectTopic(id)] };
    },
  });
}
