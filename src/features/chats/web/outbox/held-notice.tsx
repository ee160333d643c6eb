import { CirclePause } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { OutboxItem } from '../../outbox.ts';
import { sendItem } from './outbox-actions.ts';

/** Why nothing of it is sent by itself any more, and, where several are held, the way on with all. `held` is the first of them. */
export function HeldNotice({ held, goesOn }: { held: OutboxItem; goesOn: boolean }) {
  const t = useTranslations('outbox');
  const words = useErrorWords();
  const goOn = () => void sendItem(held, false).catch((error) => toast(words(error)));
  return (
    <div role="status" className="mb-1 flex flex-wrap items-center justify-end gap-x-3 gap-y-1 text-sm">
      <p className="flex min-w-[min(100%,12rem)] flex-1 items-start gap-2 text-pretty text-muted">
        <CirclePause size={16} className="mt-0.5 shrink-0" aria-hidden />
        {words(held.error)}
      </p>
      {goesOn && (
        <Button small onClick={goOn}>
          {t('goOn')}
        </Button>
      )}
    </div>
  );
}
