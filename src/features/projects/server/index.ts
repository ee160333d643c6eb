/** What other features may use of the projects' server side. */
export { isMemberOf, mayWithChat, projectFor, projectIdsOf, projectNamed } from './access.ts';
export { purgeDeletedProjects, setProjectDeleted } from './delete-project.ts';
export { type ProjectChanged, projectChanged } from './publish-project.ts';
export { findProject, readProject } from './read-projects.ts';
export { addProjectRoutes } from './routes.ts';
