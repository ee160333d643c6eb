import { words as projects } from '#features/projects/pages.ts';
import { later } from './later-words.ts';

/** What stands under the way to the projects, in the list of chats. */
export const SIDE_PROJECTS = { fetch: () => import('./side-projects.tsx'), words: [later, projects.later] };
