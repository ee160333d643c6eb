/** What will be said next, above the composer: each message that waits on the server, and what can be done with it. */
import { useEffect, useMemo } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { useOutgoing } from '../outgoing.ts';
import { HeldNotice } from './held-notice.tsx';
import { takeOverHeldTexts } from './held-texts.ts';
import { OutboxRow } from './outbox-row.tsx';
import { useOutbox } from './use-outbox.ts';

type OutboxListProps = { chatId: string; generating: boolean; reads: boolean };

export default function OutboxList({ chatId, generating, reads }: OutboxListProps) {
  const t = useTranslations('outbox');
  const { data: items = [], isError, refetch } = useOutbox(chatId);
  const outgoing = useOutgoing((state) => state.items);
  const onTheirWay = useMemo(
    () =>
      outgoing.filter(
        ({ id, chatId: of, when, failure }) =>
          of === chatId && when === 'next' && !failure && !items.some((item) => item.id === id),
      ),
    [outgoing, items, chatId],
  );
  useEffect(takeOverHeldTexts, []);
  if (items.length + onTheirWay.length === 0 && !isError) return null;
  const allHeld = items.filter(({ state }) => state === 'held');
  const [held] = allHeld;
  return (
    <section
      aria-label={held ? t('heldTitle') : t('title')}
      className="mx-auto w-full max-w-(--measure) animate-rise px-3 pb-2 sm:px-6"
    >
      {isError && (
        <p className="flex items-center justify-end gap-2 text-note text-muted">
          {t('unread')}
          <Button small onClick={() => void refetch()}>
            {t('again')}
          </Button>
        </p>
      )}
      {held && <HeldNotice held={held} goesOn={allHeld.length > 1 && !generating && !reads} />}
      <ol className="@container flex max-h-[30vh] flex-col gap-1 overflow-y-auto">
        {items.map((item, index) => (
          <OutboxRow
            key={item.id}
            item={{ ...item, position: index }}
            count={items.length}
            generating={generating}
            reads={reads}
          />
        ))}
        {onTheirWay.map(({ id, text }) => (
          <li
            key={id}
            className="flex items-center gap-2.5 rounded-medium border border-hairline bg-surface px-3 py-2 text-sm opacity-70"
          >
            <span dir="auto" className="min-w-0 flex-1 truncate">
              {text}
            </span>
            <span className="text-note text-muted">{t('sending')}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
