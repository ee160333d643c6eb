import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { IconField } from './icon-field.tsx';
import { createProject } from './project-calls.ts';
import { DescriptionField, NameField } from './project-fields.tsx';

/** Begins a project, and goes to it. */
export function NewProjectDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('projects');
  const words = useErrorWords();
  const [, navigate] = useLocation();
  const [icon, setIcon] = useState('folder');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    try {
      const { id } = await createProject({
        name: String(fields.get('name')).trim(),
        description: String(fields.get('description')).trim(),
        icon,
      });
      onClose();
      navigate(`/projects/${id}`);
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t('newTitle')} description={t('newText')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <NameField />
        <DescriptionField />
        <IconField icon={icon} onChange={setIcon} />
        <DialogFooter action={t('create')} busy={busy} problem={problem} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
