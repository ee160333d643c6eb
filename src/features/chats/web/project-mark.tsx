import { ProjectIcon, useProject } from '#features/projects/web/index.ts';

/** The mark of the project that a chat in the list is in, if that is known. */
export default function ProjectMark({ projectId }: { projectId: string }) {
  const { data: project } = useProject(projectId, false);
  if (!project) return null;
  return (
    <span role="img" aria-label={project.name} title={project.name} className="shrink-0 text-muted">
      <ProjectIcon icon={project.icon} size={14} />
    </span>
  );
}
