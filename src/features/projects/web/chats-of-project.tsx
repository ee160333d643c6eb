/** What the chats of a project are answered with. */
import { useTranslations } from 'use-intl';
import { SettingsForm } from '#features/endpoints/web/index.ts';
import { refreshLayered, useLayered } from '#features/settings/web/index.ts';
import type { Project } from '../projects.ts';
import { changeProject } from './project-calls.ts';

type ChatsOfProjectProps = {
  project: Project;
  /** Whoever is here may only look. */
  reads: boolean;
};

export function ChatsOfProject({ project, reads }: ChatsOfProjectProps) {
  const t = useTranslations('projectSettings');
  // Who may begin no chat there is told nothing of what one would be answered with.
  const { data: said } = useLayered(reads ? null : `settings?projectId=${project.id}`);
  return (
    <section className="border-b border-hairline py-5">
      <h2 className="text-sm font-medium">{t('made')}</h2>
      <p className="mt-0.5 max-w-lg text-sm text-pretty text-muted">{t('madeText')}</p>
      <div className="mt-4 max-w-2xl">
        <SettingsForm
          layer="project"
          own={project.settings}
          said={said ?? null}
          reads={reads}
          onSave={(settings) => changeProject(project, { settings }).then(refreshLayered)}
        />
      </div>
    </section>
  );
}
