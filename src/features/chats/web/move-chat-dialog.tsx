/** Asks where a chat is to be, and says who will see it there. */
import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Link } from 'wouter';
import type { Visibility } from '#features/projects/projects.ts';
import { mayWrite } from '#features/projects/rules.ts';
import { useRecentProjects } from '#features/projects/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { ownerId } from '#web/kept/kept.ts';
import { Choice } from '#web/ui/choice.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { SelectField } from '#web/ui/field.tsx';
import type { Chat } from '../chats.ts';
import { useMoving } from './moving.ts';
import { useMove } from './use-move.ts';

export default function MoveChatDialog({ onClose }: { onClose: () => void }) {
  const { chat, projectId } = useMoving();
  return chat && <Dialogue chat={chat} first={projectId} onClose={onClose} />;
}

type DialogueProps = { chat: Chat; first: string | null; onClose: () => void };

function Dialogue({ chat, first, onClose }: DialogueProps) {
  const t = useTranslations('move');
  const words = useErrorWords();
  const move = useMove();
  const { data: known } = useRecentProjects();
  const projects = known?.filter(({ id, role }) => mayWrite(role) || id === chat.projectId) ?? [];
  const [projectId, setProjectId] = useState(first);
  const [said, setSaid] = useState<Visibility | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const project = projects.find(({ id }) => id === projectId) ?? null;
  const stays = projectId === chat.projectId ? chat.visibility : project?.defaultVisibility;
  const visibility = project ? (said ?? stays ?? 'private') : 'private';
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await move(chat, { project, visibility });
      onClose();
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  const own = chat.authorId === ownerId();
  return (
    <Dialog title={t('title')} description={chat.title} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <SelectField
          label={t('project')}
          value={project?.id ?? ''}
          onChange={(event) => setProjectId(event.target.value || null)}
        >
          <option value="">{t('none')}</option>
          {projects.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
        {known?.length === 0 && (
          <p className="text-note text-muted">
            {t.rich('noProjects', {
              link: (text) => (
                <Link
                  href="/projects"
                  onClick={onClose}
                  className="font-medium text-accent underline-offset-4 hover:underline"
                >
                  {text}
                </Link>
              ),
            })}
          </p>
        )}
        {project && (
          <Choice
            label={t('seenBy')}
            value={visibility}
            onChange={setSaid}
            options={[
              { value: 'shared', label: t('shared') },
              { value: 'private', label: t('private') },
            ]}
          />
        )}
        <p className="text-note text-pretty text-muted" aria-live="polite">
          {visibility === 'shared' && project
            ? t('becomesShared', { count: project.memberCount - 1 })
            : own
              ? t('becomesPrivate')
              : t('goesToAuthor')}
        </p>
        <DialogFooter action={t('move')} busy={busy} problem={problem} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
