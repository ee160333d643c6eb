/**
 * The line, Parley's signature: who is being served, who is ahead, you, and who came after. Marks move forward
 * as the queue does.
 */
import { cx } from '#web/ui/classes.ts';

type TheLineProps = {
  /** How many will start before you; 0: you are next. */
  position: number;
  /** How many wait, you included. */
  size: number;
  /** How many are served at once. */
  slots: number;
};

/** More people than this are drawn as a gap in the line. */
const DRAWN_AHEAD = 9;
const DRAWN_BEHIND = 4;
const DRAWN_SLOTS = 6;

/** A picture only; the words beside it say the same. */
export function TheLine({ position, size, slots }: TheLineProps) {
  const ahead = Math.min(position, DRAWN_AHEAD);
  const behind = Math.min(Math.max(0, size - position - 1), DRAWN_BEHIND);
  return (
    <span
      aria-hidden="true"
      className="inline-flex h-7 min-w-0 items-center gap-[min(0.25rem,1.2vw)]"
      data-testid="the-line"
    >
      {keys('slot', Math.min(slots, DRAWN_SLOTS)).map((key) => (
        <Mark key={key} kind="slot" />
      ))}
      <span className="mx-1 h-4 w-px bg-faint" />
      {position > DRAWN_AHEAD && <span className="mr-0.5 text-xs leading-none text-queue-text">…</span>}
      {/* Counted from the back: when the line moves, the first mark goes and the others step forward. */}
      {keys('ahead', ahead)
        .reverse()
        .map((key) => (
          <Mark key={key} kind="ahead" />
        ))}
      <Mark key="you" kind="you" />
      {keys('behind', behind).map((key) => (
        <Mark key={key} kind="behind" />
      ))}
    </span>
  );
}

const keys = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${kind}-${index + 1}`);

const LOOKS = {
  slot: 'h-4 animate-breathe bg-queue-rest',
  ahead: 'h-4 bg-queue-rest',
  you: 'h-6 bg-queue',
  behind: 'h-2.5 bg-faint',
} as const;

function Mark({ kind }: { kind: keyof typeof LOOKS }) {
  return <span className={cx('w-1.5 min-w-0.5 rounded-full transition-all duration-180', LOOKS[kind])} />;
}
