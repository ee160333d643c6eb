import { projectWords } from '#features/projects/web/index.ts';
import { later } from './later-words.ts';

/** What stands under the way to the projects, in the list of chats. */
export const SIDE_PROJECTS = { fetch: () => import('./side-projects.tsx'), words: [later, projectWords] };
