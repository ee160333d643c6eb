import { page } from '#fields';
import type { App } from '#platform/http/app.ts';
import type { Services } from '#platform/services.ts';
import { AuditItem, AuditQuery } from '../audit.ts';
import { readAudit } from './read-audit.ts';

/** Adds `GET /api/v1/admin/audit`. */
export function addAuditRoutes(app: App, services: Services): void {
  app.get(
    '/api/v1/admin/audit',
    {
      config: { access: 'admin', scope: 'admin' },
      schema: {
        tags: ['Administration'],
        summary: 'What admins did, newest first',
        querystring: AuditQuery,
        response: { 200: page(AuditItem) },
      },
    },
    async (request) => readAudit(services, request.query),
  );
}
