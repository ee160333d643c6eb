import { pgTable } from 'drizzle-orm/pg-core';
import type { Ending } from '../endings.ts';
import type { Part, Role, Source } from '../messages.ts';

/** A chat's messages are a tree by `parentId`; see the migration. */
export const messages = pgTable('messages', (t) => ({
  id: t.uuid().primaryKey(),
  chatId: t.uuid().notNull(),
  parentId: t.uuid(),
  role: t.text().$type<Role>().notNull(),
  content: t.jsonb().$type<Part[]>().notNull().default([]),
  generationId: t.uuid(),
  agentId: t.uuid(),
  authorId: t.uuid(),
  ending: t.jsonb().$type<Ending>(),
  metadata: t.jsonb().$type<Record<string, unknown>>().notNull().default({}),
  ordinal: t.bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  source: t.text().$type<Source>(),
  editedFrom: t.uuid(),
  excluded: t.boolean().notNull().default(false),
  originalId: t.text(),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
