import { CirclePause, LogOut, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { HealthDot } from '#features/endpoints/web/index.ts';
import { useSaid } from '#web/i18n/use-said.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import type { EndpointBoard } from '../dashboard.ts';
import { BoardWork } from './board-work.tsx';
import { LongLine } from './long-line.tsx';
import { RunningRows } from './running-rows.tsx';
import { useSteering } from './use-dashboard.ts';
import { WaitingRows } from './waiting-rows.tsx';

type Stopped = { generationId: string; name: string; waits: boolean };

/** One endpoint: its line, who stands in it, and how it went there. `now`: by the server's clock. */
export function Board({ board, now }: { board: EndpointBoard; now: number }) {
  const t = useTranslations('queue');
  const { cancel } = useSteering();
  const [stopping, setStopping] = useState<Stopped | null>(null);
  const { name, slots, running, waiting, waitingCount, health } = board;
  const sentence = `${t('busy', { running: running.length, slots })} · ${t('inLine', { count: waitingCount })}`;
  const askFor = (waits: boolean) => (generationId: string, name: string) =>
    setStopping({ generationId, name, waits });
  return (
    <section
      aria-label={name}
      className="mt-10 border-t border-hairline pt-6 first-of-type:border-0 first-of-type:pt-0"
    >
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <HealthDot health={health} />
        <h2 className="min-w-0 truncate text-lg font-semibold tracking-tight">{name}</h2>
        <p className="flex-1 text-sm text-muted tabular-nums @max-xl:w-full @max-xl:flex-none">{sentence}</p>
        <Steering board={board} />
      </div>
      <StateSentence board={board} />
      <div className="mt-4">
        <LongLine board={board} label={sentence} />
      </div>
      {running.length + waiting.length > 0 && (
        <div className="mt-2">
          <RunningRows running={running} now={now} onStop={askFor(false)} />
          <WaitingRows waiting={waiting} count={waitingCount} now={now} onStop={askFor(true)} />
        </div>
      )}
      <BoardWork board={board} />
      {stopping && (
        <Dialog
          title={t(stopping.waits ? 'cancelTitle' : 'stopTitle', { name: stopping.name })}
          description={t(stopping.waits ? 'cancelText' : 'stopText')}
          onClose={() => setStopping(null)}
        >
          <DialogFooter
            action={t(stopping.waits ? 'cancel' : 'stop')}
            danger
            onAction={() => {
              setStopping(null);
              void cancel(stopping.generationId);
            }}
            cancel={t('keep')}
            onCancel={() => setStopping(null)}
          />
        </Dialog>
      )}
    </section>
  );
}

/** Pausing the line, draining it, letting it go on. */
function Steering({ board: { endpointId, name, paused, draining, enabled } }: { board: EndpointBoard }) {
  const t = useTranslations('queue');
  const { steer } = useSteering();
  if (!enabled) return null;
  return (
    <span className="flex flex-wrap gap-2">
      {(paused || draining) && (
        <Button
          small
          look="primary"
          aria-label={`${t('resume')}: ${name}`}
          onClick={() => void steer(endpointId, 'resume')}
        >
          <Play size={14} aria-hidden />
          {t('resume')}
        </Button>
      )}
      {!paused && (
        <Button small aria-label={`${t('pause')}: ${name}`} onClick={() => void steer(endpointId, 'pause')}>
          <CirclePause size={14} aria-hidden />
          {t('pause')}
        </Button>
      )}
      {!draining && (
        <Button small aria-label={`${t('drain')}: ${name}`} onClick={() => void steer(endpointId, 'drain')}>
          <LogOut size={14} aria-hidden />
          {t('drain')}
        </Button>
      )}
    </span>
  );
}

function StateSentence({ board: { paused, draining, enabled, health } }: { board: EndpointBoard }) {
  const t = useTranslations('queue');
  const saidOf = useSaid();
  const said = [
    !enabled && t('isOff'),
    paused && t('isPaused'),
    draining && t('isDraining'),
    health.status === 'down' && (saidOf(health) ?? t('isDown')),
  ].filter(Boolean);
  return (
    <p role="status" className="text-sm">
      {said.length > 0 && <span className="mt-1 block text-danger @max-xl:mt-3">{said.join(' ')}</span>}
    </p>
  );
}
