import { ArrowDown, ArrowUp, Plus, X } from 'lucide-react';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#web/ui/button.tsx';
import { INPUT } from '#web/ui/field.tsx';
import { focusMove } from '#web/ui/focus.ts';
import { STARTER_MAX, STARTERS_MAX } from '../../rules.ts';

type StartersFieldProps = { value: readonly string[]; onChange: (starters: string[]) => void };

/** The prompts that stand on the page when a chat with an agent begins: added, moved and taken away. */
export function StartersField({ value, onChange }: StartersFieldProps) {
  const t = useTranslations('agent');
  const list = useRef<HTMLUListElement>(null);
  const fieldOf = (at: number) => list.current?.children[at]?.querySelector<HTMLElement>('textarea');
  const add = () => {
    flushSync(() => onChange([...value, '']));
    fieldOf(value.length)?.focus();
  };
  const move = (from: number, to: number) => {
    flushSync(() => onChange(value.toSpliced(from, 1).toSpliced(to, 0, value[from]!)));
    focusMove(list.current?.children[to], to < from ? 'up' : 'down');
  };
  return (
    <fieldset className="min-w-0">
      <legend className="text-sm font-medium">{t('starters')}</legend>
      <p className="mt-0.5 text-note text-muted">{t('startersHint', { count: STARTERS_MAX })}</p>
      <ul ref={list} className="mt-2 flex flex-col gap-2 empty:hidden">
        {value.map((starter, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a starter is its place, and two may say the same
          <li key={index} className="flex flex-wrap items-start justify-end gap-1 @sm:flex-nowrap">
            <textarea
              aria-label={t('starter', { number: index + 1 })}
              dir="auto"
              rows={1}
              maxLength={STARTER_MAX}
              value={starter}
              onChange={({ target }) => onChange(value.with(index, target.value))}
              className={`${INPUT} field-sizing-content min-h-10 resize-none py-2 touch:min-h-11`}
            />
            <IconButton
              label={t('starterUp', { number: index + 1 })}
              data-move="up"
              disabled={index === 0}
              onClick={() => move(index, index - 1)}
            >
              <ArrowUp size={16} />
            </IconButton>
            <IconButton
              label={t('starterDown', { number: index + 1 })}
              data-move="down"
              disabled={index === value.length - 1}
              onClick={() => move(index, index + 1)}
            >
              <ArrowDown size={16} />
            </IconButton>
            <IconButton
              label={t('removeStarter', { number: index + 1 })}
              onClick={() => onChange(value.toSpliced(index, 1))}
            >
              <X size={16} />
            </IconButton>
          </li>
        ))}
      </ul>
      {value.length < STARTERS_MAX && (
        <Button small look="quiet" className="mt-2 -ml-2.5" onClick={add}>
          <Plus size={15} aria-hidden />
          {t('addStarter')}
        </Button>
      )}
    </fieldset>
  );
}
