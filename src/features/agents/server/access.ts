/** Who may do what with an agent: the one place that decides. */
import { isMemberOf } from '#features/projects/server/index.ts';
import type { Queryable } from '#platform/database/database.ts';
import { AppError, notFound } from '#platform/errors.ts';
import type { Principal } from '#platform/principal.ts';
import type { AgentScope } from '../rules.ts';
import { type AgentRow, CURRENT, SHOWN } from './present-agent.ts';
import { say } from './say.ts';

/** SQL: the user may read agent `a`, and use it where it fits: their own, a project's as its member, and what is everybody's. */
export const mayRead = (user: string): string =>
  `(CASE a.scope WHEN 'personal' THEN a.owner_id = ${user} WHEN 'project' THEN ${isMemberOf('a.project_id', user)} ELSE true END)`;

/** SQL: the user may change agent `a`; `isAdmin` says whether they are an admin. */
const mayWrite = (user: string, isAdmin: string): string =>
  `(CASE a.scope WHEN 'personal' THEN a.owner_id = ${user}
     WHEN 'project' THEN ${isMemberOf('a.project_id', user, 'write')} ELSE ${isAdmin} END)`;

/**
 * SQL: the user may have agent `a` answer in chat `c`. In a shared chat everybody who writes there must be able to, so that it is
 * an agent of the same project or of the instance.
 */
export const mayAnswer = (user: string, c: { visibility: string; projectId: string }): string =>
  `(NOT a.archived AND ${mayRead(user)} AND (${c.visibility} = 'private' OR a.scope = 'instance'
     OR (a.scope = 'project' AND a.project_id = ${c.projectId})))`;

/** SQL: of `AgentRow`, and whether the asker, `$1`, may change it; `$2` says whether they are an admin. */
export const SHOWN_TO_ASKER = `${SHOWN}, ${mayWrite('$1', '$2::bool')} AS "mayWrite" ${CURRENT}`;

type Options = {
  /** Locks it to the end of the transaction, so that of two savers at once the second sees what the first has saved. */
  lock?: true;
};

/** The agent; 404 for a stranger's and an unknown one alike, 403 for who may read but not change it. */
export async function agentFor(
  db: Queryable,
  { userId, role }: Pick<Principal, 'userId' | 'role'>,
  agentId: string,
  right: 'read' | 'write',
  { lock }: Options = {},
): Promise<AgentRow> {
  // By itself: a row that was waited for is read as it is now, what is joined to it is not.
  if (lock)
    await db.query(`SELECT FROM agents a WHERE a.id = $2 AND ${mayRead('$1')} FOR UPDATE OF a`, [
      userId,
      agentId,
    ]);
  const { rows } = await db.query<AgentRow>({
    name: 'agent-for',
    text: `SELECT ${SHOWN_TO_ASKER} WHERE a.id = $3 AND ${mayRead('$1')}`,
    values: [userId, role === 'admin', agentId],
  });
  const [agent] = rows;
  if (!agent) throw notFound(say('no_such_agent'));
  if (right === 'write' && !agent.mayWrite) throw refusal(agent.scope);
  return agent;
}

/** Whether the asker may read an agent, also one that is archived or gone: null is nobody's. */
export async function readsAgent(db: Queryable, userId: string, agentId: string | null): Promise<boolean> {
  if (agentId === null) return true;
  const { rowCount } = await db.query({
    name: 'reads-agent',
    text: `SELECT FROM agents a WHERE a.id = $2 AND ${mayRead('$1')}`,
    values: [userId, agentId],
  });
  return rowCount === 1;
}

/** What is said to who may not change an agent of this scope. */
export const refusal = (scope: AgentScope): AppError =>
  new AppError('forbidden', say(scope === 'instance' ? 'agent_needs_admin' : 'agent_needs_editor'));

/** Where an agent is to answer. */
type ChatPlace = { projectId: string | null; visibility: 'shared' | 'private' };

/** The agent's version in force, if the user may have it answer in a chat at `place`; else null. */
export async function findAnswering(
  db: Queryable,
  userId: string,
  agentId: string,
  { projectId, visibility }: ChatPlace,
): Promise<{ version: number } | null> {
  const { rows } = await db.query<{ version: number }>({
    name: 'find-answering',
    text: `SELECT a.version FROM agents a
           WHERE a.id = $2 AND ${mayAnswer('$1', { visibility: '$3::text', projectId: '$4::uuid' })}`,
    values: [userId, agentId, visibility, projectId],
  });
  return rows[0] ?? null;
}
