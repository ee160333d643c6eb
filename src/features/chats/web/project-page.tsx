import { Suspense } from 'react';
import { PROJECT_AGENTS } from '#features/agents/web/index.ts';
import { ProjectPage } from '#features/projects/web/index.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { Skeleton } from '#web/ui/page.tsx';
import { ProjectChats } from './project-chats.tsx';

/** A project, with its chats under its first tab and its agents under the second. */
export default function ProjectWithChats() {
  return (
    <ProjectPage
      chats={(project) => <ProjectChats key={project.id} project={project} />}
      agents={(project) => (
        <Suspense fallback={<Skeleton lines={2} className="h-36" />}>
          <FetchedPart key={project.id} part={PROJECT_AGENTS} give={{ project }} />
        </Suspense>
      )}
    />
  );
}
