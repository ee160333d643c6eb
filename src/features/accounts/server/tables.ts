import { pgTable } from 'drizzle-orm/pg-core';

export const users = pgTable('users', (t) => ({
  id: t.uuid().primaryKey(),
  name: t.text().notNull(),
  email: t.text().notNull(),
  emailVerified: t.boolean().notNull().default(false),
  image: t.text(),
  isAnonymous: t.boolean().notNull().default(false),
  role: t
    .text({ enum: ['admin', 'member'] })
    .notNull()
    .default('member'),
  disabledAt: t.timestamp({ withTimezone: true }),
  twoFactorEnabled: t.boolean().notNull().default(false),
  lastActiveAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  maxChats: t.integer(),
  maxConcurrent: t.integer(),
  maxQueued: t.integer(),
  requestsPerMinute: t.integer(),
  tokensPerDay: t.bigint({ mode: 'number' }),
  weight: t.doublePrecision(),
  maxStorageBytes: t.bigint({ mode: 'number' }),
  guestAddress: t.uuid(),
  chatCount: t.integer().notNull().default(0),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));

export const sessions = pgTable('sessions', (t) => ({
  id: t.uuid().primaryKey(),
  userId: t.uuid().notNull(),
  token: t.text().notNull(),
  expiresAt: t.timestamp({ withTimezone: true }).notNull(),
  ipAddress: t.text(),
  userAgent: t.text(),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));

export const accounts = pgTable('accounts', (t) => ({
  id: t.uuid().primaryKey(),
  userId: t.uuid().notNull(),
  accountId: t.text().notNull(),
  providerId: t.text().notNull(),
  accessToken: t.text(),
  refreshToken: t.text(),
  idToken: t.text(),
  accessTokenExpiresAt: t.timestamp({ withTimezone: true }),
  refreshTokenExpiresAt: t.timestamp({ withTimezone: true }),
  scope: t.text(),
  password: t.text(),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));

export const verifications = pgTable('verifications', (t) => ({
  id: t.uuid().primaryKey(),
  identifier: t.text().notNull(),
  value: t.text().notNull(),
  expiresAt: t.timestamp({ withTimezone: true }).notNull(),
  createdAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
  updatedAt: t.timestamp({ withTimezone: true }).notNull().defaultNow(),
}));
