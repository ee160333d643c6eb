import { CirclePause, Unplug } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useMoments } from '#web/ui/use-moments.ts';
import type { LiveReply } from './replies.ts';

/** Nothing starts there: an admin wants it so, or the server is away. Each is said as what it is. */
export default function Stopped({ live, stop }: { live: LiveReply; stop: ReactNode }) {
  const t = useTranslations('stage');
  const { since } = useMoments();
  const { stopped, since: from } = live.queue ?? {};
  const [Icon, cause, kept] =
    stopped === 'paused'
      ? [CirclePause, t('paused'), t('pausedKept')]
      : stopped === 'switched_off'
        ? [CirclePause, t('off'), t('offKept')]
        : [Unplug, from ? t('downSince', { since: since(new Date(from)) }) : t('down'), t('downKept')];
  return (
    <div className="flex gap-3 rounded-medium bg-queue-soft px-3.5 py-2.5 text-sm">
      <Icon size={18} className="mt-0.5 shrink-0 text-queue-text" aria-hidden />
      <div>
        <p className="font-medium text-queue-text">{cause}</p>
        <p className="text-muted">
          {kept} {stop}
        </p>
      </div>
    </div>
  );
}
