/** What other features and the page may use of the projects. */
export { AuthorName } from './author-name.tsx';
export { Initials } from './initials.tsx';
export { later as projectWords } from './later-words.ts';
export { dropProject, receiveProject, refreshProjects } from './project-cache.ts';
export { ProjectIcon } from './project-icon.tsx';
export { ProjectPage } from './project-page.tsx';
export { useAuthorName } from './use-author-name.ts';
export { useProject } from './use-project.ts';
export { useRecentProjects } from './use-projects.ts';
