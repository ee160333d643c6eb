import { ArrowUpToLine, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { usePersonName } from '#features/accounts/web/index.ts';
import { IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { INPUT } from '#web/ui/field.tsx';
import { useDurations } from '#web/ui/use-durations.ts';
import type { EndpointBoard } from '../dashboard.ts';
import { PRIORITY_CLASSES, type PriorityClassName } from './priority-classes.ts';
import { useSteering } from './use-dashboard.ts';

type WaitingRowsProps = {
  waiting: EndpointBoard['waiting'];
  /** How many wait altogether; more than are listed, perhaps. */
  count: number;
  /** By the server's clock. */
  now: number;
  onStop: (generationId: string, name: string) => void;
};

/** Who waits, in the order in which they will start, and ways to change that order. */
export function WaitingRows({ waiting, count, now, onStop }: WaitingRowsProps) {
  const t = useTranslations('queue');
  const duration = useDurations();
  const nameOf = usePersonName();
  const { setClass, moveToFront } = useSteering();
  return (
    <>
      <ol aria-label={t('waiting')}>
        {waiting.map(({ generationId, user, model, class: rank, position, queuedAt, etaSeconds }) => (
          <li
            key={generationId}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline py-2 text-sm"
          >
            <span className="w-5 shrink-0 text-right font-medium text-queue-text tabular-nums">
              {position + 1}
            </span>
            <div className="min-w-0 flex-1 basis-40 @xl:flex @xl:items-baseline @xl:gap-3">
              <p className="truncate font-medium @xl:w-44 @xl:shrink-0">{nameOf(user.name)}</p>
              <p className="min-w-0 truncate text-note text-muted @xl:flex-1">{model}</p>
              <p className="text-note text-queue-text tabular-nums">
                {t('waitsFor', { time: duration(Math.max(0, now - Date.parse(queuedAt))) })}
                {etaSeconds !== null && ` · ${t('eta', { time: duration(etaSeconds * 1000) })}`}
              </p>
            </div>
            <span className="flex items-center gap-1 @max-xl:w-full @max-xl:flex-wrap @max-xl:justify-end">
              <select
                aria-label={t('classOf', { name: nameOf(user.name) })}
                value={rank}
                onChange={(event) => void setClass(generationId, event.target.value as PriorityClassName)}
                className={cx(INPUT, 'h-8 w-auto! max-w-full px-2 text-note! touch:h-11')}
              >
                {PRIORITY_CLASSES.map((one) => (
                  <option key={one} value={one}>
                    {t(`class.${one}`)}
                  </option>
                ))}
              </select>
              <IconButton
                label={t('toFrontOf', { name: nameOf(user.name) })}
                disabled={position === 0}
                onClick={() => void moveToFront(generationId)}
              >
                <ArrowUpToLine size={16} />
              </IconButton>
              <IconButton
                label={t('cancelOf', { name: nameOf(user.name) })}
                onClick={() => onStop(generationId, nameOf(user.name))}
              >
                <X size={16} />
              </IconButton>
            </span>
          </li>
        ))}
      </ol>
      {count > waiting.length && (
        <p className="py-2 text-note text-muted">{t('moreWait', { count: count - waiting.length })}</p>
      )}
    </>
  );
}
