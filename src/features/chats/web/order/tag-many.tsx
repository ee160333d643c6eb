import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { Field, INPUT } from '#web/ui/field.tsx';
import { TagInput } from './tag-input.tsx';
import { type AskedProps, useAsked } from './use-asked.ts';

/** Asks which tag many chats are to have, or not to have any more. */
export function TagMany({ action, count, ...asked }: AskedProps & { action: 'tag' | 'untag' }) {
  const t = useTranslations('bulk');
  const id = useId();
  const { busy, problem, submit } = useAsked(asked);
  const [tag, setTag] = useState('');
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (tag.trim() !== '') void submit({ action, tag: tag.trim() });
  };
  return (
    <Dialog
      title={action === 'tag' ? t('tagTitle', { count }) : t('untagTitle', { count })}
      onClose={asked.onClose}
    >
      <form onSubmit={onSubmit} className="flex flex-col gap-4">
        <Field id={id} label={t('tag')}>
          <TagInput
            id={id}
            maxLength={64}
            value={tag}
            onChange={setTag}
            onChoose={setTag}
            className={cx(INPUT, 'h-11 sm:h-10')}
          />
        </Field>
        <DialogFooter action={t(`action.${action}`)} busy={busy} problem={problem} onCancel={asked.onClose} />
      </form>
    </Dialog>
  );
}
