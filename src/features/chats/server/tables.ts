import { pgTable } from 'drizzle-orm/pg-core';
import type { Part, Role } from '../chats.ts';

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

export const messages = pgTable('messages', (t) => ({
  id: t.uuid().primaryKey(),
  chatId: t.uuid().notNull(),
  parentId: t.uuid(),
  role: t.text().$type<Role>().notNull(),
  content: t.jsonb().$type<Part[]>().notNull().default([]),
  generationId: t.uuid(),
  metadata: t.jsonb().$type<Record<string, unknown>>().notNull().default({}),
  ordinal: t.bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
