import { CircleSlash, Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslations } from 'use-intl';
import type { Agent } from '#features/agents/agents.ts';
import { cx } from '#web/ui/classes.ts';
import { AgentOption } from './agent-option.tsx';
import { matching } from './mention-text.ts';

export type AgentOptionsProps = {
  agents: readonly Agent[];
  /** Null: none. */
  current: string | null;
  onChoose: (agent: Agent | null) => void;
};

/** A searchable list of agents, and of none of them: typing narrows it, arrows move, Enter chooses. */
export function AgentOptions({ agents, current, onChoose }: AgentOptionsProps) {
  const t = useTranslations('answering');
  const [search, setSearch] = useState('');
  const found = matching(agents, search);
  const rows: readonly (Agent | null)[] = search.trim() === '' ? [null, ...found] : found;
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      rows.findIndex((row) => (row?.id ?? null) === current),
    ),
  );
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = (at + step + rows.length) % Math.max(1, rows.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter' && rows[at] !== undefined) {
      event.preventDefault();
      onChoose(rows[at]);
    }
  };
  return (
    <>
      <div className="flex items-center gap-2 border-b border-hairline px-3">
        <Search size={16} className="shrink-0 text-muted" aria-hidden />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={rows[at] === undefined ? undefined : `${id}-${at}`}
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          className="h-11 w-full bg-transparent text-base outline-none placeholder:text-muted sm:h-10 sm:text-sm"
        />
      </div>
      <div
        id={id}
        role="listbox"
        aria-label={t('choose')}
        className="max-h-72 overflow-y-auto p-1 empty:hidden"
      >
        {rows.map((agent, index) => (
          <AgentOption
            key={agent?.id ?? 'none'}
            id={`${id}-${index}`}
            active={index === at}
            chosen={(agent?.id ?? null) === current}
            onHover={() => setAt(index)}
            onChoose={() => onChoose(agent)}
            {...(agent ?? {
              mark: <CircleSlash size={16} aria-hidden />,
              name: t('none'),
              description: t('noneText'),
            })}
          />
        ))}
      </div>
      <p role="status" className={cx('px-3.5 text-sm text-muted', rows.length === 0 && 'pt-2 pb-4')}>
        {rows.length === 0 && t('notFound')}
      </p>
    </>
  );
}
