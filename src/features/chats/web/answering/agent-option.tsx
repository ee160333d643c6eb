import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import { AgentIcon } from '#features/agents/web/index.ts';
import { cx } from '#web/ui/classes.ts';

type AgentOptionProps = {
  id: string;
  name: string;
  description: string;
  icon?: string;
  /** In the place of an agent's icon. */
  mark?: ReactNode;
  /** The keys would choose it. */
  active: boolean;
  /** It is the one that is chosen; where none is, the keys choose as they move. */
  chosen?: boolean;
  onHover: () => void;
  onChoose: () => void;
};

/** One agent in a list that a field beside it moves through. */
export function AgentOption(props: AgentOptionProps) {
  const { id, name, description, icon = '', mark, active, chosen, onHover, onChoose } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field that keeps the focus
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen ?? active}
      data-highlighted={active || undefined}
      onMouseMove={onHover}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cx(
        'flex min-h-10 cursor-pointer items-center gap-2.5 rounded-small px-2.5 py-1.5 text-sm touch:min-h-11',
        active && 'bg-hover forced-colors:outline',
      )}
    >
      <span className="shrink-0 text-muted">{mark ?? <AgentIcon icon={icon} />}</span>
      <span dir="auto" className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        {description && <span className="block truncate text-xs text-muted">{description}</span>}
      </span>
      {chosen && <Check size={16} className="shrink-0 text-accent" aria-hidden />}
    </div>
  );
}
