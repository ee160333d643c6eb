/** What is shown of agents, each with the words of the rooms it takes something from. */
import { words as contexts } from '#features/contexts/pages.ts';
import { words as projects } from '#features/projects/pages.ts';
import type { Project } from '#features/projects/projects.ts';
import { later as settings } from '#features/settings/web/index.ts';
import type { Part } from '#web/i18n/fetched-part.tsx';
import { later } from './later-words.ts';

export const AGENT_PAGES: Part<object> = {
  fetch: () => import('./agents-page.tsx'),
  words: [later, contexts.later, projects.later, settings],
};

/** The agents of a project, under a tab of its page. */
export const PROJECT_AGENTS: Part<{ project: Project }> = {
  fetch: () => import('./project-agents.tsx'),
  words: [later],
};
