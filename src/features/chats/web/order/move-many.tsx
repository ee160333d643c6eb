import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { mayWrite } from '#features/projects/rules.ts';
import { useRecentProjects } from '#features/projects/web/index.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { type AskedProps, useAsked } from './use-asked.ts';

/** Asks where many chats are to be, and says who will see them there; `first`: where they were dropped. */
export function MoveMany({ count, first, ...asked }: AskedProps & { first: string | null }) {
  const t = useTranslations('bulk');
  const ofMove = useTranslations('move');
  const { busy, problem, submit } = useAsked(asked);
  const { data: known } = useRecentProjects();
  const projects = known?.filter(({ role }) => mayWrite(role)) ?? [];
  const [projectId, setProjectId] = useState(first);
  const project = projects.find(({ id }) => id === projectId);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    void submit({ action: 'move', projectId: project?.id ?? null });
  };
  return (
    <Dialog title={t('moveTitle', { count })} onClose={asked.onClose}>
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <SelectField
          label={ofMove('project')}
          value={project?.id ?? ''}
          onChange={(event) => setProjectId(event.target.value || null)}
        >
          <option value="">{ofMove('none')}</option>
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        <p className="text-note text-pretty text-muted" aria-live="polite">
          {project?.defaultVisibility === 'shared'
            ? t('becomeShared', { count: project.memberCount - 1 })
            : t('becomePrivate')}
        </p>
        <DialogFooter action={ofMove('move')} busy={busy} problem={problem} onCancel={asked.onClose} />
      </form>
    </Dialog>
  );
}
