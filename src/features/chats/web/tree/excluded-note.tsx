import { EyeOff } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Message } from '#features/messages/messages.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { cx } from '#web/ui/classes.ts';
import { toast } from '#web/ui/toast.tsx';
import { exclude } from './tree-actions.ts';

/** Why a message is grey, and the way back. */
export default function ExcludedNote({ message, reads }: { message: Message; reads: boolean }) {
  const t = useTranslations('excluded');
  const words = useErrorWords();
  return (
    <p
      className={cx(
        'mb-1 flex flex-wrap items-center gap-x-2 text-note text-muted',
        message.role === 'user' && 'justify-end',
      )}
    >
      <EyeOff size={14} aria-hidden />
      {t('note')}
      {!reads && (
        <button
          type="button"
          className="font-medium text-accent underline-offset-4 hover:underline touch:min-h-11"
          onClick={() => exclude(message, false).catch((error) => toast(words(error)))}
        >
          {t('takeIn')}
        </button>
      )}
    </p>
  );
}
