import { pgTable } from 'drizzle-orm/pg-core';
import type { ModelSettings } from '#features/settings/settings.ts';
import type { Visibility } from '../projects.ts';

export const projects = pgTable('projects', (t) => ({
  id: t.uuid().primaryKey(),
  name: t.text().notNull(),
  description: t.text().notNull().default(''),
  icon: t.text().notNull().default(''),
  archived: t.boolean().notNull().default(false),
  settings: t.jsonb().$type<ModelSettings>().notNull().default({}),
  defaultVisibility: t.text().$type<Visibility>().notNull().default('shared'),
  deletedAt: t.timestamp({ withTimezone: true }),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
