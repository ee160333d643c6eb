/** Followers: what is to be done when a generation has ended, whatever becomes of the process that asked for it. */
import type { z } from 'zod';
import type { AfterCommit, Tx } from '#platform/database/database.ts';
import { newId } from '#platform/ids.ts';
import { CHANNELS, TOPICS } from '#platform/signals.ts';
import type { GenerationRow } from '../present-generation.ts';

/** A kind of follow-up: what it is called and what it is given. Its handler is a `Follower`. */
export type FollowUp<Input> = {
  /** Letters, digits, hyphens; unique. Kept as long as there are rows of it: they outlive a version of this program. */
  readonly kind: string;
  readonly input: z.ZodType<Input>;
};

/** A kind of follow-up together with what handles it; made by `follower`. */
export type Follower = {
  readonly kind: string;
  run(client: Tx, ended: GenerationRow, input: unknown, afterCommit: AfterCommit): Promise<void>;
};

/**
 * Registers the handler of a kind. It runs in the transaction that consumes the follow-up, so what it writes there is
 * done exactly once, together with being done with it; an exception undoes both, and it is tried again later. Short, and
 * with the database alone: what takes long or reaches out is sent as a job, over `client` too. `afterCommit` is for telling of what
 * it did.
 */
export const follower = <Input>(
  followUp: FollowUp<Input>,
  run: (client: Tx, ended: GenerationRow, input: Input, afterCommit: AfterCommit) => Promise<void>,
): Follower => ({
  kind: followUp.kind,
  run: async (client, ended, input, afterCommit) =>
    run(client, ended, followUp.input.parse(input), afterCommit),
});

/**
 * Asks for a follow-up when a generation has ended, in whatever state; if it has already, at once. It is registered with
 * the caller's transaction, and gone without a word if that is rolled back, or if the generation is removed with its user.
 */
export async function whenEnded<Input>(
  client: Tx,
  followUp: FollowUp<Input>,
  generationId: string,
  input: Input,
): Promise<void> {
  await register(client, followUp, generationId, input, false);
}

/**
 * The same, unless just that was asked for already and is not done yet. Two who ask at once, of whom neither sees the other's, both
 * ask: who must not, locks something before.
 */
export async function whenEndedOnce<Input>(
  client: Tx,
  followUp: FollowUp<Input>,
  generationId: string,
  input: Input,
): Promise<void> {
  await register(client, followUp, generationId, input, true);
}

/** SQL that is true while a follow-up of a kind is still to come whose input has the text `value` (SQL) under `name`. */
export const isAwaitedSql = <Input>(
  { kind }: FollowUp<Input>,
  name: keyof Input & string,
  value: string,
): string =>
  `EXISTS (SELECT FROM generation_followers WHERE kind = '${kind}' AND input ->> '${name}' = ${value})`;

const register = <Input>(
  client: Tx,
  followUp: FollowUp<Input>,
  generationId: string,
  input: Input,
  once: boolean,
): Promise<unknown> =>
  client.query({
    name: once ? 'when-ended-once' : 'when-ended',
    text: once ? WHEN_ENDED_ONCE : WHEN_ENDED,
    values: [newId(), generationId, followUp.kind, JSON.stringify(followUp.input.parse(input))],
  });

/**
 * SQL that tells every process, once it is committed, that generation `id` of a row may have follow-ups that are due.
 * It goes over the live bus, and like all of that it may be lost: see `startFollowers`.
 */
export const tellEndedSql = (id: string): string =>
  `pg_notify('${CHANNELS.bus}', json_build_object('from', NULL, 'topic', '${TOPICS.ended}',
    'message', json_build_object('type', 'generation_ended', 'generationId', ${id}))::text)`;

// Told in any case: it may have ended a moment ago, unseen by this transaction, and its end cannot have seen this row.
const registerSql = (rows: string): string => `
  WITH added AS (
    INSERT INTO generation_followers (id, generation_id, kind, input) ${rows} RETURNING generation_id
  )
  SELECT ${tellEndedSql('generation_id')} FROM added`;
const WHEN_ENDED = registerSql('VALUES ($1, $2, $3, $4)');
const WHEN_ENDED_ONCE = registerSql(`
  SELECT $1::uuid, $2::uuid, $3::text, $4::json WHERE NOT EXISTS (
    SELECT FROM generation_followers WHERE generation_id = $2::uuid AND kind = $3::text AND input::text = $4::text)`);
