/** What other features and the page may use of the projects. */
export { AuthorName } from './author-name.tsx';
export { dropProject, receiveProject, refreshProjects } from './project-cache.ts';
export { ProjectPage } from './project-page.tsx';
export { useProject } from './use-project.ts';
