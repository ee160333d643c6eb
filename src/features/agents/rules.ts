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
