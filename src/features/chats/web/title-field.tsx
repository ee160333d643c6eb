import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import { TITLE_LENGTH } from './limits.ts';

type TitleFieldProps = {
  title: string;
  onSave: (title: string) => void;
  onDone: () => void;
  className?: string;
};

/** A title being changed in its place: Enter or leaving saves, Escape does not. */
export function TitleField({ title, onSave, onDone, className }: TitleFieldProps) {
  const t = useTranslations('chats');
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (save: boolean) => {
    if (over.current) return;
    over.current = true;
    const next = field.current?.value.trim() ?? '';
    if (save && next !== '' && next !== title) onSave(next);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') finish(true);
    if (event.key === 'Escape') finish(false);
  };
  return (
    <input
      ref={field}
      dir="auto"
      defaultValue={title}
      maxLength={TITLE_LENGTH}
      aria-label={t('titleLabel')}
      // The menu that led here takes the focus back.
      data-switch="title"
      className={cx(
        'w-full min-w-0 rounded-small bg-surface px-1.5 text-base outline-2 outline-accent sm:text-sm',
        className,
      )}
      onKeyDown={onKeyDown}
      onBlur={() => finish(true)}
      onClick={(event) => event.preventDefault()}
    />
  );
}
