import { pgTable } from 'drizzle-orm/pg-core';
import type { Visibility } from '#features/projects/projects.ts';
import type { ModelSettings } from '#features/settings/settings.ts';

export const chats = pgTable('chats', (t) => ({
  id: t.uuid().primaryKey(),
  userId: t.uuid().notNull(),
  projectId: t.uuid(),
  visibility: t.text().$type<Visibility>().notNull().default('private'),
  title: t.text().notNull().default(''),
  titling: t.text().$type<'words' | 'asked'>(),
  tags: t.text().array().notNull().default([]),
  description: t.text().notNull().default(''),
  metadata: t.jsonb().$type<Record<string, unknown>>().notNull().default({}),
  archived: t.boolean().notNull().default(false),
  pinned: t.boolean().notNull().default(false),
  temporary: t.boolean().notNull().default(false),
  leafMessageId: t.uuid(),
  modelId: t.text(),
  agentId: t.uuid(),
  settings: t.jsonb().$type<ModelSettings>().notNull().default({}),
  activeAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  deletedAt: t.timestamp({ withTimezone: true }),
  leftProjectId: t.uuid(),
  leftVisibility: t.text().$type<Visibility>(),
  originalId: t.text(),
  origin: t.jsonb().$type<Record<string, unknown>>(),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
