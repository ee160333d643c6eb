/** Rules about agents that the page runs as well, so they need no schemas. */

/** Whose an agent is: one person's, a project's, or everybody's. */
export const SCOPES = ['personal', 'project', 'instance'] as const;
export type AgentScope = (typeof SCOPES)[number];

export const NAME_MAX = 100;
export const DESCRIPTION_MAX = 2_000;
/** A single symbol, or the name of an icon. */
export const ICON_MAX = 64;
/** Prompts that are shown when a chat begins, and the longest of them, in characters. */
export const STARTERS_MAX = 6;
export const STARTER_MAX = 1_000;

/** Where something is to be answered; `shared`: others write there as well. */
export type AnswerPlace = { projectId: string | null; visibility: 'shared' | 'private' };

/**
 * Whether an agent that one may read may answer at a place: not an archived one, and in a shared chat only one that everybody who
 * writes there can use. The server decides the same in its own way.
 */
export const answersIn = (
  agent: { scope: AgentScope; projectId: string | null; archived: boolean },
  { projectId, visibility }: AnswerPlace,
): boolean =>
  !agent.archived &&
  (visibility === 'private' ||
    agent.scope === 'instance' ||
    (agent.scope === 'project' && agent.projectId === projectId));
