/** The ledger and the lines, for their owners; everybody's for admins. */
import { Readable } from 'node:stream';
import { page } from '#fields';
import type { App } from '#platform/http/app.ts';
import { principalOf } from '#platform/http/principal.ts';
import { pageOf, ShortListQuery } from '#platform/http/short-list.ts';
import type { Services } from '#platform/services.ts';
import { ExportQuery, LedgerEntry, LedgerQuery, QueueLine, QueueQuery } from '../ledger.ts';
import { Usage, UsageQuery } from '../usage.ts';
import { scopeOf } from './access.ts';
import { exportLedger } from './export-ledger.ts';
import { listGenerations } from './list-generations.ts';
import { listQueue } from './list-queue.ts';
import { readUsage } from './read-usage.ts';

const config = { access: 'user', scope: 'chat' } as const;

/** Adds `/api/v1/generations`, its export, `/api/v1/usage` and `/api/v1/queue`. */
export function addUsageRoutes(app: App, services: Services): void {
  const { db, reports, log } = services;
  app.get(
    '/api/v1/generations',
    {
      config,
      schema: {
        tags: ['Generations'],
        summary: 'The ledger: what you asked for and how it went, newest first',
        description: 'Admins read everybody’s with `all=true`. `state` may be given several times.',
        querystring: LedgerQuery,
        response: { 200: page(LedgerEntry) },
      },
    },
    async (request) => listGenerations(db, scopeOf(principalOf(request), request.query), request.query),
  );

  app.get(
    '/api/v1/generations/export',
    {
      config,
      schema: {
        tags: ['Generations'],
        summary: 'The same as a file, JSON or CSV, however long it is',
        querystring: ExportQuery,
      },
    },
    async (request, reply) => {
      const { format, ...filter } = request.query;
      const pieces = exportLedger(reports.$client, scopeOf(principalOf(request), filter), filter, format);
      const file = Readable.from(pieces, { objectMode: false });
      file.on('error', (error) => log.warn({ err: error }, 'an export of the ledger broke off'));
      return reply
        .header('content-disposition', `attachment; filename="generations.${format}"`)
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/json; charset=utf-8')
        .send(file as never);
    },
  );

  app.get(
    '/api/v1/usage',
    {
      config,
      schema: {
        tags: ['Generations'],
        summary: 'What you have left, and what you used by day and model',
        querystring: UsageQuery,
        response: { 200: Usage },
      },
    },
    async (request) => readUsage(services, principalOf(request), request.query),
  );

  app.get(
    '/api/v1/queue',
    {
      config,
      schema: {
        tags: ['Queue'],
        summary: 'The line of every endpoint, in the order in which it will be served',
        description: 'Ids are told of what is yours only; admins read all with `all=true`.',
        querystring: QueueQuery.extend(ShortListQuery.shape),
        response: { 200: page(QueueLine) },
      },
    },
    async (request) => {
      const scope = scopeOf(principalOf(request), request.query);
      return pageOf(await listQueue(db, scope), (line) => line.endpointId, request.query);
    },
  );
}
