import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { TextField } from '#web/ui/field.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { TagCount } from '../../order.ts';
import { refreshChats, refreshTags } from '../chat-cache.ts';

type RenameTagProps = { tag: TagCount; known: readonly TagCount[]; onDone: () => void };

/** Another name for a tag; one that another tag has makes one of the two, which is said before it is done. */
export function RenameTag({ tag, known, onDone }: RenameTagProps) {
  const t = useTranslations('tags');
  const words = useErrorWords();
  const [name, setName] = useState(tag.name);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const to = name.trim();
  const merges = to !== tag.name && known.some((other) => other.name === to);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (to === tag.name || to === '') return onDone();
    setBusy(true);
    try {
      const path = `/api/v1/tags/${encodeURIComponent(tag.name)}`;
      const { count } = await api<TagCount>('PATCH', path, { name: to });
      await Promise.all([refreshChats(), refreshTags()]);
      toast(t('done', { count }));
      onDone();
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-3 py-2">
      <TextField
        label={t('nameOf', { name: tag.name })}
        hint={merges ? t('merges', { name: to }) : t('inAll', { count: tag.count })}
        dir="auto"
        autoFocus
        maxLength={64}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <DialogFooter
        action={merges ? t('merge') : t('rename')}
        busy={busy}
        problem={problem}
        onCancel={onDone}
      />
    </form>
  );
}
