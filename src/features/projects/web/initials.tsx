import { usePersonName } from '#features/accounts/web/index.ts';
import { cx } from '#web/ui/classes.ts';
import type { Member } from '../projects.ts';
import { initialsOf } from './initials-of.ts';

/** Somebody as a small disc with their initials; who that is has to be said beside it. */
export function Initials({ name, className }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        'grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-tiny font-semibold text-accent uppercase',
        className,
      )}
    >
      {initialsOf(name)}
    </span>
  );
}

/** More than these would only be counted. */
const SHOWN = 4;

/** Several people in a row, each a little over the one before. */
export function InitialsRow({ members, count }: { members: readonly Member[]; count: number }) {
  const nameOf = usePersonName();
  const more = count - Math.min(SHOWN, members.length);
  return (
    <span className="flex items-center" title={members.map(({ name }) => nameOf(name)).join(', ')}>
      {members.slice(0, SHOWN).map(({ userId, name }) => (
        <Initials
          key={userId}
          name={nameOf(name)}
          className="-ml-1 ring-2 ring-surface first:ml-0 forced-colors:border"
        />
      ))}
      {more > 0 && <span className="ml-1.5 text-xs text-muted tabular-nums">+{more}</span>}
    </span>
  );
}
