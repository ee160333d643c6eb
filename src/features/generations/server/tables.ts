import { pgTable } from 'drizzle-orm/pg-core';
import type { GenerationError } from '#features/messages/endings.ts';
import type { Parameters } from '#features/settings/settings.ts';
import type { GenerationState } from '../generations.ts';

const time = { withTimezone: true } as const;

/** The ledger, the queue and the leases in one; see the migration. */
export const generations = pgTable('generations', (t) => ({
  id: t.uuid().primaryKey(),
  userId: t.uuid().notNull(),
  chatId: t.uuid(),
  projectId: t.uuid(),
  messageId: t.uuid(),
  userMessageId: t.uuid(),
  retryOf: t.uuid(),
  endpointId: t.uuid(),
  modelName: t.text().notNull(),
  modelId: t.text().notNull(),
  agentId: t.uuid(),
  agentVersion: t.integer(),
  parameters: t.jsonb().$type<Parameters>().notNull().default({}),
  input: t.json(),
  opening: t.text(),
  titleOf: t.uuid(),
  guestAddress: t.uuid(),
  client: t.text().notNull().default('web'),
  state: t.text().$type<GenerationState>().notNull().default('queued'),
  stage: t.text().$type<'loading_model' | 'thinking' | 'writing'>(),
  class: t.smallint().notNull().default(0),
  ordinal: t.bigint({ mode: 'number' }).generatedAlwaysAsIdentity(),
  queueDeadline: t.timestamp(time),
  estimate: t.doublePrecision().notNull().default(0),
  charged: t.doublePrecision(),
  workerId: t.uuid(),
  epoch: t.integer().notNull().default(0),
  leaseUntil: t.timestamp(time),
  cancelRequestedAt: t.timestamp(time),
  queuedAt: t.timestamp(time).notNull().defaultNow(),
  startedAt: t.timestamp(time),
  firstTokenAt: t.timestamp(time),
  finishedAt: t.timestamp(time),
  inputTokens: t.integer(),
  outputTokens: t.integer(),
  tokensEstimated: t.boolean().notNull().default(false),
  cost: t.doublePrecision(),
  finishReason: t.text(),
  error: t.jsonb().$type<GenerationError>(),
  ttftMs: t.integer(),
  durationMs: t.integer(),
  lastSeq: t.integer(),
  eventsKept: t.boolean().notNull().default(true),
}));
