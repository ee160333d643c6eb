/** ‹ 1/2 ›: which of several messages in one place is shown, and the ways to the ones beside it. */
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Message, Siblings } from '#features/messages/messages.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { IconButton } from '#web/ui/button.tsx';
import { toast } from '#web/ui/toast.tsx';
import { showBranch } from './tree-actions.ts';

/** Where a step led: each message has a pager of its own, so that the focus is handed from one to the next. */
let turned: { id: string; by: number } | null = null;

type SiblingPagerProps = { message: Message; siblings: Siblings; reads: boolean };

/** Who only reads sees that there are others: which one is shown is the same for everybody. */
export default function SiblingPager({ message, siblings, reads }: SiblingPagerProps) {
  const t = useTranslations('siblings');
  const words = useErrorWords();
  const { index, count, ids } = siblings;
  const turn = (by: number) => {
    const id = ids[index + by]!;
    turned = { id, by };
    showBranch(message.chatId, id).catch((error) => toast(words(error)));
  };
  const [first, last] = [index === 0, index === count - 1];
  const by = turned?.id === message.id ? turned.by : 0;
  const toPrevious = by < 0 ? !first : by > 0 && last;
  return (
    <fieldset aria-label={t('pager')} className="inline-flex items-center text-muted">
      <IconButton
        label={t('previous')}
        small
        disabled={first || reads}
        autoFocus={toPrevious}
        onClick={() => turn(-1)}
      >
        <ChevronLeft size={16} />
      </IconButton>
      <span className="text-xs tabular-nums">
        {index + 1}/{count}
      </span>
      <IconButton
        label={t('next')}
        small
        disabled={last || reads}
        autoFocus={by !== 0 && !toPrevious}
        onClick={() => turn(1)}
      >
        <ChevronRight size={16} />
      </IconButton>
    </fieldset>
  );
}
