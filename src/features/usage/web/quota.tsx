import { useFormatter, useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import { useBytes } from '#web/ui/use-bytes.ts';
import type { Usage } from '../usage.ts';

/** What there is left of each limit. */
export function Quota({ usage: { limits, used, storage } }: { usage: Usage }) {
  const t = useTranslations('usage.quota');
  return (
    <dl className="two-columns mt-4 gap-x-6 gap-y-5 sm:grid-cols-3">
      <Meter label={t('tokens')} used={used.tokens} limit={limits.tokensPerDay} />
      <Meter label={t('chats')} used={used.chats} limit={limits.maxChats} />
      <Meter label={t('lastMinute')} used={used.lastMinute} limit={limits.requestsPerMinute} />
      <Meter label={t('running')} used={used.running} limit={limits.maxConcurrent} />
      <Meter label={t('waiting')} used={used.waiting} limit={limits.maxQueued} waiting />
      <Meter label={t('storage')} used={storage.bytes} limit={storage.maxBytes} bytes />
    </dl>
  );
}

type MeterProps = { label: string; used: number; limit: number | null; waiting?: boolean; bytes?: boolean };

function Meter({ label, used, limit, waiting = false, bytes = false }: MeterProps) {
  const t = useTranslations('usage.quota');
  const format = useFormatter();
  const size = useBytes();
  const amount = (value: number) => (bytes ? size(value) : format.number(Math.round(value)));
  const left = Math.max(0, Math.floor((limit ?? 0) - used));
  const share = limit === null ? 0 : limit === 0 ? 1 : Math.min(1, used / limit);
  const full = share >= 1;
  return (
    <div>
      <dt className="text-note text-muted">{label}</dt>
      <dd className="mt-0.5 text-row font-medium tabular-nums">
        {limit === null
          ? t('unlimited', { used: amount(used) })
          : t('of', { used: amount(used), limit: amount(limit) })}
        <span
          className="mt-2 block h-1 overflow-hidden rounded-full bg-active forced-colors:border"
          aria-hidden="true"
        >
          <span
            className={cx('block h-full rounded-full', waiting ? 'bg-queue' : full ? 'bg-down' : 'bg-accent')}
            style={{ width: `${share * 100}%` }}
          />
        </span>
        <span className="mt-1 block text-note font-normal text-muted">
          {limit === null
            ? t('noLimit')
            : full
              ? t('none')
              : bytes
                ? t('leftOf', { size: size(left) })
                : t('left', { count: left })}
        </span>
      </dd>
    </div>
  );
}
