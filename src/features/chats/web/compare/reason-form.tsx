import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Compared } from '#features/messages/opinions.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { TextArea } from '#web/ui/field.tsx';
import { explain } from './prefer.ts';
import type { ComparedReply } from './use-compared.ts';

type ReasonFormProps = {
  message: ComparedReply;
  preference: NonNullable<Compared['preference']>;
  onDone: () => void;
};

/** Why the reader judged so; given afterwards, if they like. */
export function ReasonForm({ message, preference, onDone }: ReasonFormProps) {
  const t = useTranslations('compare');
  const common = useTranslations('common');
  const words = useErrorWords();
  const [reason, setReason] = useState(preference.reason);
  const [problem, setProblem] = useState('');
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await explain(message, { ...preference, reason: reason.trim() });
      onDone();
    } catch (error) {
      setProblem(words(error));
    }
  };
  return (
    <form onSubmit={save} className="mt-2 flex max-w-xl flex-col gap-2">
      <TextArea
        label={t('reason')}
        dir="auto"
        rows={2}
        maxLength={4000}
        autoFocus
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onDone();
        }}
      />
      {problem && (
        <p role="alert" className="text-note text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <p className="flex-1 text-xs text-pretty text-muted">{t('whose')}</p>
        <Button small look="quiet" onClick={onDone}>
          {common('cancel')}
        </Button>
        <Button small look="primary" type="submit">
          {t('save')}
        </Button>
      </div>
    </form>
  );
}
