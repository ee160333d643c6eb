import { pgTable } from 'drizzle-orm/pg-core';

/** Their bytes are rows of `blobs`, see the migration. */
export const files = pgTable('files', (t) => ({
  id: t.uuid().primaryKey(),
  ownerId: t.uuid().notNull(),
  name: t.text().notNull(),
  mediaType: t.text().notNull(),
  size: t.bigint({ mode: 'number' }).notNull(),
  sha256: t.text().notNull(),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
