import { pgTable } from 'drizzle-orm/pg-core';

/** Bytes in the store, once per content. */
export const blobs = pgTable('blobs', (t) => ({
  sha256: t.text().primaryKey(),
  size: t.bigint({ mode: 'number' }).notNull(),
  unusedSince: t.timestamp({ withTimezone: true }).defaultNow(),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));

export const files = pgTable('files', (t) => ({
  id: t.uuid().primaryKey(),
  ownerId: t.uuid().notNull(),
  name: t.text().notNull(),
  mediaType: t.text().notNull(),
  size: t.bigint({ mode: 'number' }).notNull(),
  sha256: t.text().notNull(),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
