import { Archive, Pencil } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { IconButton } from '#web/ui/button.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import type { Project } from '../projects.ts';
import { mayWrite } from '../rules.ts';
import { IconField } from './icon-field.tsx';
import { changeProject } from './project-calls.ts';
import { DescriptionField, NameField } from './project-fields.tsx';
import { ProjectTile } from './project-icon.tsx';

/** What a project is called and about; who may, changes it in its place. */
export function ProjectHead({ project }: { project: Project }) {
  const t = useTranslations('project');
  const [changing, setChanging] = useState(false);
  const may = mayWrite(project.role);
  if (changing) return <Form project={project} onDone={() => setChanging(false)} />;
  return (
    <div className="flex items-start gap-4">
      <ProjectTile icon={project.icon} large />
      <div className="min-w-0 flex-1">
        <div className="flex min-h-11 items-center gap-1">
          <h1
            dir="auto"
            className="min-w-0 text-2xl font-semibold tracking-tight wrap-anywhere"
            {...(may && { onDoubleClick: () => setChanging(true) })}
          >
            {project.name}
          </h1>
          {may && (
            <IconButton label={t('edit')} data-switch="project" onClick={() => setChanging(true)}>
              <Pencil size={16} />
            </IconButton>
          )}
        </div>
        {project.description && (
          <p dir="auto" className="max-w-2xl text-sm wrap-anywhere whitespace-pre-line text-muted">
            {project.description}
          </p>
        )}
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-note text-muted">
          <span>{t(`yourRole.${project.role}`)}</span>
          {project.archived && (
            <span className="inline-flex items-center gap-1.5">
              <Archive size={14} aria-hidden />
              {t('isArchived')}
            </span>
          )}
        </p>
      </div>
    </div>
  );
}

function Form({ project, onDone }: { project: Project; onDone: () => void }) {
  const t = useTranslations('project');
  const words = useErrorWords();
  const [icon, setIcon] = useState(project.icon);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const opened = useRef(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await changeProject(project, {
        name: String(fields.get('name')).trim(),
        description: String(fields.get('description')).trim(),
        icon,
      });
      onDone();
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <form
      ref={(form) => {
        // What opened it is gone; whoever did goes on in the first field.
        if (form && !opened.current) form.querySelector('input')?.focus();
        opened.current = true;
      }}
      onSubmit={submit}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
      className="flex animate-appear flex-col gap-4 rounded-medium border border-hairline bg-surface p-5"
    >
      <h1 className="sr-only">{project.name}</h1>
      <NameField value={project.name} />
      <DescriptionField value={project.description} />
      <IconField icon={icon} onChange={setIcon} />
      <DialogFooter action={t('save')} busy={busy} problem={problem} onCancel={onDone} />
    </form>
  );
}
