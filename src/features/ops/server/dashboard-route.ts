import { z } from 'zod';
import type { App } from '#platform/http/app.ts';
import type { Services } from '#platform/services.ts';
import { Dashboard, DashboardRange } from '../dashboard.ts';
import { createRecentWork } from './dashboard-work.ts';
import { readDashboard } from './read-dashboard.ts';

/** Adds `GET /api/v1/admin/queue`. */
export function addDashboardRoutes(app: App, { db, reports }: Services): void {
  const recentWork = createRecentWork(reports);
  app.get(
    '/api/v1/admin/queue',
    {
      config: { access: 'admin', scope: 'admin' },
      schema: {
        tags: ['Administration'],
        summary: 'Who runs and waits at each endpoint, and how it went there in the last hour or day',
        querystring: z.object({ range: DashboardRange.default('hour') }),
        response: { 200: Dashboard },
      },
    },
    async (request) => readDashboard(db, recentWork, request.query.range),
  );
}
