import { pgTable } from 'drizzle-orm/pg-core';
import type { SharedMessage } from '../sharing.ts';

export const shares = pgTable('shares', (t) => ({
  id: t.uuid().primaryKey(),
  chatId: t.uuid().notNull(),
  userId: t.uuid().notNull(),
  hash: t.text().notNull(),
  title: t.text().notNull(),
  messages: t.jsonb().$type<SharedMessage[]>().notNull(),
  messageCount: t.integer().notNull(),
  withReasoning: t.boolean().notNull(),
  expiresAt: t.timestamp({ withTimezone: true }),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
