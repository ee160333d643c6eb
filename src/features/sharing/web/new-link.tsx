import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Checkbox } from '#web/ui/checkbox.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { endOf, type ValidFor } from '#web/ui/link-terms.ts';
import type { MadeShare } from '../sharing.ts';
import { makeShare } from './share-calls.ts';

/** In the order in which they are offered. */
const SPANS: readonly ValidFor[] = ['always', 'day', 'week', 'month'];

type NewLinkProps = {
  chatId: string;
  /** How many messages it would show; null: more than are known here. */
  count: number | null;
  /** A model thought before it spoke, perhaps. */
  thought: boolean;
  /** A reply is being written. */
  writing: boolean;
  onMade: (share: MadeShare) => void;
};

/** Says what a link shows and to whom, and makes one. */
export function NewLink({ chatId, count, thought, writing, onMade }: NewLinkProps) {
  const t = useTranslations('sharing');
  const words = useErrorWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const expiresAt = endOf(fields.get('validFor') as ValidFor);
    setBusy(true);
    setProblem(null);
    try {
      onMade(
        await makeShare(chatId, {
          includeReasoning: fields.has('includeReasoning'),
          ...(expiresAt !== null && { expiresAt }),
        }),
      );
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <div className="flex flex-col gap-2 text-sm text-pretty">
        <p>{count === null ? t('seesAll') : t('sees', { count })}</p>
        <p className="text-muted">{t('seesNot')}</p>
        {writing && <p className="text-muted">{t('writing')}</p>}
      </div>
      {thought && <Checkbox name="includeReasoning" label={t('reasoning')} />}
      <SelectField name="validFor" label={t('validFor')} defaultValue="always">
        {SPANS.map((span) => (
          <option key={span} value={span}>
            {t(`valid.${span}`)}
          </option>
        ))}
      </SelectField>
      {problem && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      <Button look="primary" type="submit" disabled={busy} className="self-end">
        {t('create')}
      </Button>
    </form>
  );
}
