/** What holds for a whole project, and its end. */
import { type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Project, ProjectPatch, Visibility } from '../projects.ts';
import { mayWrite } from '../rules.ts';
import { ChatsOfProject } from './chats-of-project.tsx';
import { DeleteProjectDialog } from './delete-project-dialog.tsx';
import { changeProject } from './project-calls.ts';

export function SettingsTab({ project }: { project: Project }) {
  const t = useTranslations('projectSettings');
  const words = useErrorWords();
  const [deleting, setDeleting] = useState(false);
  const owner = project.role === 'owner';
  const writes = mayWrite(project.role);
  const { archived } = project;
  // Shown under the finger that chose it, and the server's again once that has answered.
  const [chosen, setChosen] = useState<Visibility | null>(null);
  const defaultVisibility = chosen ?? project.defaultVisibility;
  const change = (patch: ProjectPatch, said?: string) =>
    void changeProject(project, patch)
      .then(
        () => said && toast(said),
        (error) => toast(words(error)),
      )
      .finally(() => setChosen(null));
  return (
    <div className="mt-2">
      {writes && (
        <Setting title={t('newChats')} text={t(`newChatsAre.${defaultVisibility}`)}>
          <Choice
            quiet
            label={t('newChats')}
            value={defaultVisibility}
            onChange={(value) => {
              setChosen(value);
              change({ defaultVisibility: value });
            }}
            options={[
              { value: 'shared', label: t('visibility.shared') },
              { value: 'private', label: t('visibility.private') },
            ]}
          />
        </Setting>
      )}
      <ChatsOfProject project={project} reads={!writes} />
      {owner && (
        <>
          <Setting
            title={archived ? t('unarchive') : t('archive')}
            text={archived ? t('unarchiveText') : t('archiveText')}
          >
            <Button
              onClick={() => change({ archived: !archived }, archived ? t('unarchived') : t('archived'))}
            >
              {archived ? t('unarchive') : t('archive')}
            </Button>
          </Setting>
          <Setting title={t('delete')} text={t('deleteText')}>
            <Button className="text-danger" onClick={() => setDeleting(true)}>
              {t('delete')}
            </Button>
          </Setting>
        </>
      )}
      {deleting && <DeleteProjectDialog project={project} onClose={() => setDeleting(false)} />}
    </div>
  );
}

function Setting({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <section className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-b border-hairline py-5">
      <div className="max-w-lg min-w-0 flex-1 basis-64">
        <h2 className="text-sm font-medium">{title}</h2>
        <p className="mt-0.5 text-sm text-pretty text-muted">{text}</p>
      </div>
      {children}
    </section>
  );
}
