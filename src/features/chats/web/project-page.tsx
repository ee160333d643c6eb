import { ProjectPage } from '#features/projects/web/index.ts';
import { ProjectChats } from './project-chats.tsx';

/** A project, with its chats under its first tab. */
export default function ProjectWithChats() {
  return <ProjectPage chats={(project) => <ProjectChats key={project.id} project={project} />} />;
}
