/** The line, drawn large: what is served, the slots that are free, and everybody who waits. */
import type { PriorityClass } from '#features/generations/generations.ts';
import { cx } from '#web/ui/classes.ts';
import type { EndpointBoard } from '../dashboard.ts';

/** More free slots than this say nothing new. */
const DRAWN_FREE = 12;
const DRAWN_RUNNING = 24;

type LongLineProps = { board: EndpointBoard; label: string };

export function LongLine({ board, label }: LongLineProps) {
  const { running, waiting, waitingCount, slots, paused } = board;
  const free = Math.max(0, slots - running.length);
  const more = waitingCount - waiting.length;
  return (
    <div
      role="img"
      aria-label={label}
      data-testid="long-line"
      className={cx(
        'flex h-20 items-center overflow-hidden rounded-medium px-4 transition-colors',
        waitingCount > 0 ? 'bg-queue-soft' : 'bg-hover',
      )}
    >
      <span className="flex shrink-0 items-center gap-1.5">
        {running.slice(0, DRAWN_RUNNING).map(({ generationId, user }) => (
          <span
            key={generationId}
            title={user.name}
            className="h-12 w-3 animate-rise rounded-full bg-accent"
          />
        ))}
        {Array.from({ length: Math.min(free, DRAWN_FREE) }, (_, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: free slots are all alike
            key={index}
            className="h-12 w-3 rounded-full border-2 border-faint border-dashed"
          />
        ))}
      </span>
      <span className={cx('mx-4 h-12 shrink-0', paused ? 'w-1 rounded-full bg-down' : 'w-px bg-faint')} />
      <span className="flex min-w-0 items-center gap-1.5 overflow-hidden">
        {waiting.map(({ generationId, user, class: rank }) => (
          <span
            key={generationId}
            title={user.name}
            className={cx(
              'w-3 shrink-0 animate-rise rounded-full transition-all duration-180',
              HEIGHTS[rank],
            )}
          />
        ))}
      </span>
      {more > 0 && <span className="ml-2 shrink-0 text-sm text-queue-text tabular-nums">+{more}</span>}
    </div>
  );
}

/** The less urgent, the smaller. */
const HEIGHTS: Record<PriorityClass, string> = {
  interactive: 'h-12 bg-queue',
  batch: 'h-8 bg-queue',
  background: 'h-5 bg-queue-rest',
};
