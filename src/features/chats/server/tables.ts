import { pgTable } from 'drizzle-orm/pg-core';

export const chats = pgTable('chats', (t) => ({
  id: t.uuid().primaryKey(),
  userId: t.uuid().notNull(),
  projectId: t.uuid(),
  title: t.text().notNull().default(''),
  tags: t.text().array().notNull().default([]),
  description: t.text().notNull().default(''),
  metadata: t.jsonb().$type<Record<string, unknown>>().notNull().default({}),
  archived: t.boolean().notNull().default(false),
  leafMessageId: t.uuid(),
  modelId: t.text(),
  activeAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  deletedAt: t.timestamp({ withTimezone: true }),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
