import { z } from 'zod';
import { VersionsQuery } from '#features/contexts/contexts.ts';
import { Id, page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { Agent, AgentFilter, AgentPatch, AgentVersion, NewAgent } from '../agents.ts';
import { agentFor } from './access.ts';
import { listAgents } from './list-agents.ts';
import { presentAgent, presentVersion } from './present-agent.ts';
import { listVersions, readVersion } from './read-versions.ts';
import { changeAgent, createAgent, restoreAgent } from './save-agent.ts';

const AGENTS = '/api/v1/agents';
const AGENT = `${AGENTS}/:agentId`;
const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Agents'];
const params = z.object({ agentId: Id });
const byVersion = z.object({
  agentId: Id,
  version: z.coerce.number().int().min(1).max(2_147_483_647),
});

/** Adds agents and their versions. */
export function addAgentRoutes(app: App, services: Services): void {
  const { db } = services;
  addVersionRoutes(app, services);

  app.get(
    AGENTS,
    {
      config,
      schema: {
        tags,
        summary: 'List the agents that you may use, newest first',
        querystring: AgentFilter,
        response: { 200: page(Agent) },
      },
    },
    (request) => listAgents(db.$client, principalOf(request), request.query),
  );

  app.post(
    AGENTS,
    {
      config,
      schema: {
        tags,
        summary: 'Make an agent: your own, a project’s or, for admins, everybody’s',
        body: NewAgent,
        response: { 201: Agent },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await createAgent(services, principalOf(request), request.body)),
  );

  app.get(
    AGENT,
    {
      config,
      schema: { tags, summary: 'Read an agent, also an archived one', params, response: { 200: Agent } },
    },
    async (request) =>
      presentAgent(await agentFor(db.$client, principalOf(request), request.params.agentId, 'read')),
  );

  app.patch(
    AGENT,
    {
      config,
      schema: {
        tags,
        summary: 'Change what is named of an agent, as a new version, or archive it',
        description: 'With a `baseVersion` that is not in force any more: 409 with `current`.',
        params,
        body: AgentPatch,
        response: { 200: Agent },
      },
    },
    (request) => changeAgent(services, principalOf(request), request.params.agentId, request.body),
  );

  app.delete(
    AGENT,
    {
      config,
      schema: {
        tags,
        summary: 'Archive an agent: it answers nothing any more, and its replies still name it',
        params,
        response: { 204: z.null().describe('It is archived.') },
      },
    },
    async (request, reply) => {
      await changeAgent(services, principalOf(request), request.params.agentId, { archived: true });
      return reply.status(204).send(null);
    },
  );
}

function addVersionRoutes(app: App, services: Services): void {
  const { db } = services;
  const versions = `${AGENT}/versions`;

  app.get(
    versions,
    {
      config,
      schema: {
        tags,
        summary: 'List the versions of an agent, newest first',
        params,
        querystring: VersionsQuery,
        response: { 200: page(AgentVersion) },
      },
    },
    async (request) => {
      const { id } = await agentFor(db.$client, principalOf(request), request.params.agentId, 'read');
      const { rows, nextCursor } = await listVersions(db.$client, id, request.query);
      return { items: rows.map(presentVersion), nextCursor };
    },
  );

  app.get(
    `${versions}/:version`,
    {
      config,
      schema: {
        tags,
        summary: 'Read one version of an agent',
        params: byVersion,
        response: { 200: AgentVersion },
      },
    },
    async (request) => {
      const { agentId, version } = request.params;
      const { id } = await agentFor(db.$client, principalOf(request), agentId, 'read');
      return presentVersion(await readVersion(db.$client, id, version));
    },
  );

  app.post(
    `${versions}/:version/restore`,
    {
      config,
      schema: {
        tags,
        summary: 'Bring a version of an agent back, as a new one',
        params: byVersion,
        response: { 200: Agent },
      },
    },
    (request) => {
      const { agentId, version } = request.params;
      return restoreAgent(services, principalOf(request), agentId, version);
    },
  );
}
