import { useFormatter, useTranslations } from 'use-intl';
import { Link } from 'wouter';
import { useFailureWords } from '#features/generations/web/index.ts';
import { cx } from '#web/ui/classes.ts';
import { useDurations } from '#web/ui/use-durations.ts';
import type { LedgerEntry } from '../ledger.ts';

const LOOKS: Partial<Record<LedgerEntry['state'], string>> = {
  queued: 'font-medium text-queue-text',
  running: 'font-medium text-accent',
  failed: 'text-danger',
  timed_out: 'text-danger',
  interrupted: 'text-danger',
  cancelled: 'text-muted',
};

/** One generation: when and with what, how it went, how long it took, how much it was. */
export function HistoryRow({ entry }: { entry: LedgerEntry }) {
  const t = useTranslations('usage');
  const why = useFailureWords();
  const format = useFormatter();
  const duration = useDurations();
  const { queuedAt, chatId, model, state, error, waitMs, ttftMs, inputTokens, outputTokens, client } = entry;
  const time = new Date(queuedAt);
  const thisYear = time.getFullYear() === new Date().getFullYear();
  const when = format.dateTime(time, {
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    ...(!thisYear && { year: 'numeric' }),
  });
  const measured = (ms: number | null) => (ms === null ? '–' : duration(ms));
  return (
    <tr className="border-b border-hairline align-top">
      <td className="py-2.5 pr-3 max-sm:w-[42%]">
        {chatId ? (
          <Link
            href={`/c/${chatId}`}
            className="underline decoration-outline underline-offset-4 hover:decoration-current"
          >
            {when}
          </Link>
        ) : (
          when
        )}
        <div className="text-note wrap-anywhere text-muted">{model}</div>
        {client === 'titles' && <div className="text-note text-muted">{t('history.chatTitle')}</div>}
      </td>
      <td className="px-3 py-2.5">
        <span className={LOOKS[state]}>{t(`state.${state}`)}</span>
        {error && <div className="text-note text-pretty text-muted">{why(error)}</div>}
      </td>
      <td
        className={cx(
          'px-3 py-2.5 text-right max-sm:hidden',
          waitMs !== null && waitMs >= 1000 && 'text-queue-text',
        )}
      >
        {measured(waitMs)}
      </td>
      <td className="px-3 py-2.5 text-right max-md:hidden">{measured(ttftMs)}</td>
      <td className="py-2.5 pl-3 text-right whitespace-nowrap">
        {outputTokens === null ? '–' : format.number(outputTokens)}
        {inputTokens !== null && (
          <div className="text-note text-muted max-sm:hidden">
            {t('history.read', { count: inputTokens })}
          </div>
        )}
      </td>
    </tr>
  );
}
