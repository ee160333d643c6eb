import { z } from 'zod';
import { cleanText, Id } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import type { Services } from '#platform/services.ts';
import { Invite, MadeInvite, Member, NewInvite, Project, ProjectRole } from '../projects.ts';
import { createInvite, joinProject, listInvites, revokeInvite } from './invites.ts';
import { listMembers, putMember, removeMember } from './members.ts';

const PROJECT = '/api/v1/projects/:projectId';
const config = { access: 'user', scope: 'chat' } as const;
const tags = ['Projects'];
const ofProject = z.object({ projectId: Id });
const ofMember = ofProject.extend({ userId: Id });
const ofInvite = ofProject.extend({ inviteId: Id });

/** Adds who is in a project, and how others come in. */
export function addMemberRoutes(app: App, services: Services): void {
  const { db } = services;

  app.get(
    `${PROJECT}/members`,
    {
      config,
      schema: {
        tags,
        summary: 'List the members, owners first',
        params: ofProject,
        response: { 200: z.object({ items: z.array(Member), nextCursor: z.null() }) },
      },
    },
    async (request) => ({
      items: await listMembers(db.$client, principalOf(request), request.params.projectId),
      nextCursor: null,
    }),
  );

  app.put(
    `${PROJECT}/members/:userId`,
    {
      config,
      schema: {
        tags,
        summary: 'Give a member a role, or make somebody a member',
        params: ofMember,
        body: z.object({ role: ProjectRole }),
        response: { 200: Member },
      },
    },
    (request) => {
      const { projectId, userId } = request.params;
      return putMember(services, principalOf(request), projectId, { userId, role: request.body.role });
    },
  );

  app.delete(
    `${PROJECT}/members/:userId`,
    {
      config,
      schema: {
        tags,
        summary: 'Remove a member, or leave',
        params: ofMember,
        response: { 204: z.null().describe('They are no member any more.') },
      },
    },
    async (request, reply) => {
      const { projectId, userId } = request.params;
      await removeMember(services, principalOf(request), projectId, userId);
      return reply.status(204).send(null);
    },
  );

  app.post(
    `${PROJECT}/invites`,
    {
      config,
      schema: {
        tags,
        summary: 'Make an invitation; its token is shown this once',
        params: ofProject,
        body: NewInvite,
        response: { 201: MadeInvite },
      },
    },
    async (request, reply) =>
      reply
        .status(201)
        .send(await createInvite(services, principalOf(request), request.params.projectId, request.body)),
  );

  app.get(
    `${PROJECT}/invites`,
    {
      config,
      schema: {
        tags,
        summary: 'List the invitations that are still good, newest first',
        params: ofProject,
        response: { 200: z.object({ items: z.array(Invite), nextCursor: z.null() }) },
      },
    },
    async (request) => ({
      items: await listInvites(db.$client, principalOf(request), request.params.projectId),
      nextCursor: null,
    }),
  );

  app.delete(
    `${PROJECT}/invites/:inviteId`,
    {
      config,
      schema: {
        tags,
        summary: 'Withdraw an invitation',
        params: ofInvite,
        response: { 204: z.null().describe('Nobody comes in by it any more.') },
      },
    },
    async (request, reply) => {
      const { projectId, inviteId } = request.params;
      await revokeInvite(services, principalOf(request), projectId, inviteId);
      return reply.status(204).send(null);
    },
  );

  app.post(
    '/api/v1/projects/join',
    {
      config,
      schema: {
        tags,
        summary: 'Come in by an invitation; doing it again changes nothing',
        body: z.object({ token: cleanText(200).min(1) }),
        response: { 200: Project },
      },
    },
    (request) => joinProject(services, principalOf(request), request.body.token),
  );
}
