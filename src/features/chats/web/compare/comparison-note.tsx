/** What was said of a comparison, under the reply that is shown of it; and the way back to the others. */
import { Columns2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ReasonForm } from './reason-form.tsx';
import type { ComparedReply } from './use-compared.ts';
import { takeFocus, turnView } from './views.ts';

const LINK = 'font-medium text-accent underline-offset-4 hover:underline touch:min-h-11';

export function ComparisonNote({ message, reads }: { message: ComparedReply; reads: boolean }) {
  const t = useTranslations('compare');
  const [explaining, setExplaining] = useState(false);
  const questionId = message.parentId!;
  const toOthers = useRef<HTMLButtonElement>(null);
  const toReason = useRef<HTMLButtonElement>(null);
  useEffect(() => takeFocus(questionId, toOthers.current), [questionId]);
  const explained = useRef(false);
  useEffect(() => {
    // Where the form was is the button that opens it.
    if (explained.current && !explaining) toReason.current?.focus();
    explained.current = explaining;
  }, [explaining]);
  const { ids, preference } = message.compared;
  const said =
    preference === null
      ? t('oneOf', { count: ids.length })
      : preference.verdict !== 'better'
        ? t(`said.${preference.verdict}`)
        : preference.chosen === message.id
          ? t('said.this', { count: ids.length - 1 })
          : t('said.other');
  return (
    <>
      <p className="mt-1 flex flex-wrap items-center gap-x-3 text-note text-muted">
        <span className="inline-flex items-center gap-2">
          <Columns2 size={15} className="shrink-0" aria-hidden />
          {said}
        </span>
        <button ref={toOthers} type="button" className={LINK} onClick={() => turnView(questionId, 'beside')}>
          {t('beside')}
        </button>
        {preference && !reads && !explaining && (
          <button ref={toReason} type="button" className={LINK} onClick={() => setExplaining(true)}>
            {preference.reason ? t('changeReason') : t('giveReason')}
          </button>
        )}
      </p>
      {preference && explaining && (
        <ReasonForm message={message} preference={preference} onDone={() => setExplaining(false)} />
      )}
    </>
  );
}
