/** Where a reply stands before and while it is written, in words, with the line while it waits. */
import { Loader } from 'lucide-react';
import { type ReactNode, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { useSlots } from '#features/endpoints/web/index.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { useSeconds } from '#web/ui/use-seconds.ts';
import { later } from './later-words.ts';
import { isWaiting, type LiveReply } from './replies.ts';
import { TheLine } from './the-line.tsx';

/** Seldom seen, and the server is there to fetch it from. */
const STOPPED = { fetch: () => import('./stopped.tsx'), words: [later] };

/** `live` undefined: on its way to the server. Without `onStop` it is not for whoever is here to stop. */
export function ReplyStatus({ live, onStop }: { live: LiveReply | undefined; onStop: (() => void) | null }) {
  const t = useTranslations('stage');
  if (!live) return <Row>{t('sending')}</Row>;
  if (live.stopping) return <Row>{t('stopping')}</Row>;
  const waiting = isWaiting(live);
  const stage = live.queue?.stage ?? (waiting ? 'waiting' : 'writing');
  const stop = onStop && (
    <button
      type="button"
      onClick={onStop}
      className="rounded-small text-note text-muted underline-offset-4 hover:text-text hover:underline touch:min-h-11 touch:px-2"
    >
      {waiting ? t('leave') : t('stop')}
    </button>
  );
  if (stage === 'endpoint_down')
    return (
      <Suspense fallback={<Row>{t('inLine')}</Row>}>
        <FetchedPart part={STOPPED} give={{ live, stop }} />
      </Suspense>
    );
  if (waiting) return <Waiting live={live} stop={stop} loading={stage === 'loading_model'} />;
  return <Working live={live} stage={stage} stop={stop} />;
}

function Row({ icon, children }: { icon?: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1 text-sm text-muted">
      {icon}
      {children}
    </div>
  );
}

type WaitingProps = {
  live: LiveReply;
  stop: ReactNode;
  /** The model is being loaded for who is ahead. */
  loading: boolean;
};

function Waiting({ live, stop, loading }: WaitingProps) {
  const t = useTranslations('stage');
  const slots = useSlots(live.model);
  const { position, queueSize, etaSeconds, reason } = live.queue ?? {};
  if (position === undefined || position === null) return <Row>{t('inLine')}</Row>;
  const size = Math.max(queueSize ?? 0, position + 1);
  return (
    <div className="flex flex-col gap-1 rounded-medium bg-queue-soft px-3.5 py-2.5 sm:inline-flex">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <TheLine position={position} size={size} slots={slots} />
        <span className="font-medium text-queue-text tabular-nums">
          {position === 0 ? t('next', { size }) : t('place', { place: position + 1, size })}
          {etaSeconds !== null && etaSeconds !== undefined && (
            <Eta seconds={etaSeconds} since={live.queueSince} />
          )}
        </span>
        {stop}
      </div>
      {loading && <p className="text-note text-muted">{t('loadingAhead')}</p>}
      {reason && <p className="text-note text-muted">{t(`reason.${reason}`)}</p>}
    </div>
  );
}

/** How long it probably takes still: counted down from when it was told, and admitted to be late once that is over. */
function Eta({ seconds, since }: { seconds: number; since: number }) {
  const t = useTranslations('stage');
  const left = seconds - (useSeconds(since) ?? 0);
  if (left <= 0) return <> · {t('etaOver')}</>;
  // Coarser the farther away: nobody can promise a second in three minutes.
  const minutes = Math.round(left / 60);
  const rounded = left < 10 ? left : Math.round(left / 5) * 5;
  return <> · {left >= 90 ? t('etaMinutes', { minutes }) : t('etaSeconds', { seconds: rounded })}</>;
}

function Working({ live, stage, stop }: { live: LiveReply; stage: string; stop: ReactNode }) {
  const t = useTranslations('stage');
  const seconds = useSeconds(live.stageSince) ?? 0;
  const label =
    stage === 'loading_model'
      ? t('loadingModel', { seconds })
      : stage === 'thinking'
        ? t('thinking', { seconds })
        : t('starting', { seconds });
  return (
    <Row icon={<Loader size={16} className="animate-spin text-accent motion-reduce:hidden" aria-hidden />}>
      <span className="tabular-nums">{label}</span>
      {seconds > 2 && stop}
    </Row>
  );
}
