import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Project } from '../projects.ts';
import { deleteProject, restoreProject } from './project-calls.ts';

const FATES = ['keep', 'delete'] as const;

/** Asks what is to become of the chats before a project is deleted; a note leads back. */
export function DeleteProjectDialog({ project, onClose }: { project: Project; onClose: () => void }) {
  const t = useTranslations('projectSettings');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const [fate, setFate] = useState<(typeof FATES)[number]>('keep');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const undo = () =>
    void restoreProject(project.id).then(
      () => navigate(`/projects/${project.id}`),
      (error) => toast(words(error)),
    );
  const remove = async () => {
    setBusy(true);
    try {
      await deleteProject(project.id, fate);
      navigate('/projects');
      toast(t('deleted', { name: project.name }), { label: t('undo'), run: undo });
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t('deleteTitle', { name: project.name })}
      description={t('deleteEverybody', { count: project.memberCount })}
      onClose={onClose}
    >
      <div className="flex flex-col gap-4">
        <fieldset className="flex flex-col gap-3">
          <legend className="mb-2 text-sm font-medium">{t('fate')}</legend>
          {FATES.map((one) => (
            <label key={one} className="flex cursor-pointer items-start gap-2.5 touch:py-1">
              <input
                type="radio"
                name="fate"
                checked={fate === one}
                onChange={() => setFate(one)}
                className="mt-0.5 size-4 shrink-0 accent-accent"
              />
              <span>
                <span className="block text-sm">{t(`fateOf.${one}`)}</span>
                <span className="block text-note text-muted">{t(`fateMeans.${one}`)}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <DialogFooter
          action={t('delete')}
          danger
          busy={busy}
          problem={problem}
          onAction={() => void remove()}
          onCancel={onClose}
        />
      </div>
    </Dialog>
  );
}
