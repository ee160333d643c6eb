import { pgTable } from 'drizzle-orm/pg-core';
import type { Detail } from '#platform/sentences.ts';
import type { EndpointKind, EndpointSource, Health, LastError, Timeouts } from '../endpoints.ts';

export const endpoints = pgTable('endpoints', (t) => ({
  id: t.uuid().primaryKey(),
  name: t.text().notNull(),
  kind: t.text().$type<EndpointKind>().notNull(),
  baseUrl: t.text(),
  apiKeyEncrypted: t.text(),
  slots: t.integer().notNull().default(1),
  maxQueued: t.integer().notNull().default(1000),
  enabled: t.boolean().notNull().default(true),
  pausedAt: t.timestamp({ withTimezone: true }),
  drainingAt: t.timestamp({ withTimezone: true }),
  timeouts: t.jsonb().$type<Partial<Timeouts>>().notNull().default({}),
  windows: t.jsonb().$type<Record<string, number>>().notNull().default({}),
  health: t.text().$type<Health['status']>().notNull().default('unknown'),
  healthSince: t.timestamp({ withTimezone: true }),
  healthProblem: t.jsonb().$type<Detail>(),
  lastError: t.jsonb().$type<LastError>(),
  checkedAt: t.timestamp({ withTimezone: true }),
  failures: t.integer().notNull().default(0),
  retryAt: t.timestamp({ withTimezone: true }),
  source: t.text().$type<EndpointSource>().notNull().default('admin'),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
