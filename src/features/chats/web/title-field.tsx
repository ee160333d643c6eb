import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import type { Chat } from '../chats.ts';
import { TITLE_LENGTH } from './limits.ts';
import { useChatChanges } from './use-chat-changes.ts';

type TitleFieldProps = {
  chat: Chat;
  onDone: () => void;
  className?: string;
};

/** A chat's title being changed in its place: Enter or leaving saves, Escape does not. */
export function TitleField({ chat, onDone, className }: TitleFieldProps) {
  const t = useTranslations('chats');
  const { rename } = useChatChanges();
  const field = useRef<HTMLInputElement>(null);
  const over = useRef(false);
  useEffect(() => field.current?.select(), []);
  const finish = (save: boolean) => {
    if (over.current) return;
    over.current = true;
    const next = field.current?.value.trim() ?? '';
    if (save && next !== '' && next !== chat.title) rename(chat, next);
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
      defaultValue={chat.title}
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
