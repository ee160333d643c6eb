/** What each action on many chats does to one of them, `c`, said in SQL. `$1` is who asks. */
import { mayAnswer } from '#features/agents/server/index.ts';
import { isMemberOf, mayWithChat } from '#features/projects/server/index.ts';
import type { Right } from '#platform/principal.ts';
import { type BulkAction, MOST_TAGS } from '../../rules.ts';
import { IS_AUTHOR } from '../access.ts';

/** What becomes of chats, of which `asked` names those that are meant. */
export type Change = {
  /** The right that who asks needs with each; without, `applies` says it. */
  readonly right?: Right;
  /** It can be done to the chat, and was not done already. */
  readonly applies: string;
  readonly set: string;
  /** What an undo must know of the chat beside its id: arguments of `jsonb_build_object`. */
  readonly before?: string;
};

const TOUCHED = 'updated_at = greatest(c.updated_at, now())';
/** A temporary chat is in no list to be chosen from. */
const LIVES = 'c.deleted_at IS NULL AND NOT c.temporary';

/** The agent, while it may answer in a chat at that place; else null. */
const answering = (agentId: string, visibility: string, projectId: string): string =>
  `(SELECT a.id FROM agents a WHERE a.id = ${agentId} AND ${mayAnswer('$1', { visibility, projectId })})`;

/** By action. `$4` is the tag, or the project they go to and `$5` who sees them there. */
export const ACTIONS: Record<BulkAction, Change> = {
  archive: { right: 'write', applies: `${LIVES} AND NOT c.archived`, set: `archived = true, ${TOUCHED}` },
  restore: { right: 'write', applies: `${LIVES} AND c.archived`, set: `archived = false, ${TOUCHED}` },
  delete: { right: 'manage', applies: LIVES, set: 'deleted_at = now()' },
  pin: {
    right: 'write',
    applies: `${LIVES} AND ${IS_AUTHOR} AND NOT c.pinned`,
    set: `pinned = true, ${TOUCHED}`,
  },
  unpin: {
    right: 'write',
    applies: `${LIVES} AND ${IS_AUTHOR} AND c.pinned`,
    set: `pinned = false, ${TOUCHED}`,
  },
  tag: {
    right: 'write',
    applies: `${LIVES} AND NOT c.tags @> ARRAY[$4::text] AND cardinality(c.tags) < ${MOST_TAGS}`,
    set: `tags = c.tags || $4::text, ${TOUCHED}`,
  },
  untag: {
    right: 'write',
    applies: `${LIVES} AND c.tags @> ARRAY[$4::text]`,
    set: `tags = array_remove(c.tags, $4::text), ${TOUCHED}`,
    before: `'place', array_position(c.tags, $4::text)`,
  },
  move: {
    right: 'manage',
    applies: `${LIVES} AND c.project_id IS DISTINCT FROM $4::uuid`,
    set: `project_id = $4::uuid, visibility = $5::text, left_project_id = NULL, left_visibility = NULL,
      agent_id = ${answering('c.agent_id', '$5::text', '$4::uuid')}, ${TOUCHED}`,
    before: `'user_id', c.user_id, 'project_id', c.project_id, 'visibility', c.visibility, 'to_project', $4::uuid,
      'to_visibility', $5::text, 'agent_id', CASE WHEN ${answering('c.agent_id', '$5::text', '$4::uuid')} IS NULL THEN c.agent_id END`,
  },
};

/**
 * What takes an action back from a chat on which it still stands. `asked` has what was kept of the chat, with `at`, when it was
 * done, and `tag`; `l` is the same once the chat is locked.
 */
export const REVERSALS: Record<BulkAction, Change> = {
  archive: ACTIONS.restore,
  restore: ACTIONS.archive,
  // One that was deleted anew has been brought back in between.
  delete: { right: 'manage', applies: 'c.deleted_at = asked.at', set: 'deleted_at = NULL' },
  pin: ACTIONS.unpin,
  unpin: ACTIONS.pin,
  tag: {
    right: 'write',
    applies: `${LIVES} AND c.tags @> ARRAY[asked.tag]`,
    set: `tags = array_remove(c.tags, l.tag), ${TOUCHED}`,
  },
  untag: {
    right: 'write',
    applies: `${LIVES} AND NOT c.tags @> ARRAY[asked.tag] AND cardinality(c.tags) < ${MOST_TAGS}`,
    set: `tags = c.tags[:l.place - 1] || l.tag || c.tags[l.place:], ${TOUCHED}`,
  },
  move: {
    // A chat that has gone back to its author is not there any more for who has put it out of the project; they may bring it
    // back as long as nothing has come of it.
    applies: `${LIVES} AND c.project_id IS NOT DISTINCT FROM asked.to_project AND c.visibility = asked.to_visibility
      AND (${mayWithChat('manage', 'c', '$1')} OR (c.visibility = 'private' AND ${mayWithChat('manage', 'asked', '$1')}
        AND c.user_id = asked.user_id AND c.updated_at = asked.at AND c.active_at <= asked.at))
      AND (asked.project_id IS NULL OR ${isMemberOf('asked.project_id', '$1', 'write')})`,
    set: `project_id = l.project_id, visibility = l.visibility,
      agent_id = coalesce(${answering('c.agent_id', 'l.visibility', 'l.project_id')},
        ${answering('l.agent_id', 'l.visibility', 'l.project_id')}), ${TOUCHED}`,
  },
};
