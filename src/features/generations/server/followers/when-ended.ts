/** Followers: what is to be done when a generation has ended, whatever becomes of the process that asked for it. */
import type { z } from 'zod';
import type { Tx } from '#platform/database/database.ts';
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
  run(client: Tx, ended: GenerationRow, input: unknown): Promise<void>;
};

/**
 * Registers the handler of a kind. It runs in the transaction that consumes the follow-up, so what it writes there is
 * done exactly once, together with being done with it; an exception undoes both, and it is tried again later. Short, and
 * with the database alone: what takes long or reaches out is sent as a job, over `client` too.
 */
export const follower = <Input>(
  followUp: FollowUp<Input>,
  run: (client: Tx, ended: GenerationRow, input: Input) => Promise<void>,
): Follower => ({
  kind: followUp.kind,
  run: async (client, ended, input) => run(client, ended, followUp.input.parse(input)),
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
  await client.query({
    name: 'when-ended',
    text: WHEN_ENDED,
    values: [newId(), generationId, followUp.kind, JSON.stringify(followUp.input.parse(input))],
  });
}

/**
 * SQL that tells every process, once it is committed, that generation `id` of a row may have follow-ups that are due.
 * It goes over the live bus, and like all of that it may be lost: see `startFollowers`.
 */
export const tellEndedSql = (id: string): string =>
  `pg_notify('${CHANNELS.bus}', json_build_object('from', NULL, 'topic', '${TOPICS.ended}',
    'message', json_build_object('type', 'generation_ended', 'generationId', ${id}))::text)`;

// Told in any case: it may have ended a moment ago, unseen by this transaction, and its end cannot have seen this row.
const WHEN_ENDED = `
  WITH added AS (
    INSERT INTO generation_followers (id, generation_id, kind, input) VALUES ($1, $2, $3, $4) RETURNING generation_id
  )
  SELECT ${tellEndedSql('generation_id')} FROM added`;
