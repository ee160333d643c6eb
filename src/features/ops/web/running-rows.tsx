import { useTranslations } from 'use-intl';
import { usePersonName } from '#features/accounts/web/index.ts';
import { Button } from '#web/ui/button.tsx';
import { useDurations } from '#web/ui/use-durations.ts';
import type { EndpointBoard } from '../dashboard.ts';

type RunningRowsProps = {
  running: EndpointBoard['running'];
  /** By the server's clock. */
  now: number;
  onStop: (generationId: string, name: string) => void;
};

/** Who is being answered, since when, and how far it is. */
export function RunningRows({ running, now, onStop }: RunningRowsProps) {
  const t = useTranslations('queue');
  const duration = useDurations();
  const nameOf = usePersonName();
  return (
    <ul aria-label={t('running')}>
      {running.map(({ generationId, user, model, stage, startedAt }) => (
        <li
          key={generationId}
          className="flex flex-wrap items-center justify-end gap-3 border-b border-hairline py-2 text-sm"
        >
          <span className="flex w-5 shrink-0 justify-end" aria-hidden="true">
            <span className="h-5 w-1.5 rounded-full bg-accent" />
          </span>
          <div className="min-w-[min(70%,8rem)] flex-1 @xl:flex @xl:items-baseline @xl:gap-3">
            <p className="truncate font-medium @xl:w-44 @xl:shrink-0">{nameOf(user.name)}</p>
            <p className="min-w-0 truncate text-note text-muted @xl:flex-1">{model}</p>
            <p className="text-note text-muted tabular-nums">
              {t(`stage.${stage}`)} · {duration(Math.max(0, now - Date.parse(startedAt)))}
            </p>
          </div>
          <Button
            small
            aria-label={t('stopOf', { name: nameOf(user.name) })}
            onClick={() => onStop(generationId, nameOf(user.name))}
          >
            {t('stop')}
          </Button>
        </li>
      ))}
    </ul>
  );
}
