import { Check, Search } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import type { Model } from '../endpoints.ts';
import { HealthDot } from './health-dot.tsx';
import { useModels } from './use-models.ts';

type ModelOptionsProps = {
  chosen: readonly string[];
  /** More than one may be chosen. */
  several?: boolean;
  onChoose: (id: string) => void;
};

/** A searchable list of models: typing narrows it, arrows move, Enter chooses. */
export function ModelOptions({ chosen, several = false, onChoose }: ModelOptionsProps) {
  const t = useTranslations('models');
  const { data: models, isPending } = useModels();
  const [search, setSearch] = useState('');
  const words = search.toLowerCase().split(/\s+/);
  const found = (models ?? []).filter((model) =>
    words.every((word) => model.id.toLowerCase().includes(word)),
  );
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      found.findIndex((model) => model.id === chosen[0]),
    ),
  );
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // The first list is focused by its layer; what takes its place is not.
    if (several) field.current?.focus();
  }, [several]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      const next = (at + step + found.length) % Math.max(1, found.length);
      setAt(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    }
    const active = found[at];
    if (event.key === 'Enter' && active) {
      event.preventDefault();
      onChoose(active.id);
    }
  };
  return (
    <>
      <div className="flex items-center gap-2 border-b border-hairline px-3">
        <Search size={16} className="shrink-0 text-muted" aria-hidden />
        <input
          role="combobox"
          ref={field}
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={found[at] && `${id}-${at}`}
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
        // The field keeps the focus; a list that scrolls would be a stop of its own.
        tabIndex={-1}
        aria-label={t('choose')}
        aria-multiselectable={several}
        className="max-h-72 overflow-y-auto p-1 empty:hidden"
      >
        {found.map((model, index) => (
          <Option
            key={model.id}
            id={`${id}-${index}`}
            model={model}
            active={index === at}
            chosen={chosen.includes(model.id)}
            onHover={() => setAt(index)}
            onChoose={() => onChoose(model.id)}
          />
        ))}
      </div>
      {/* Beside the list, which may hold nothing but what can be chosen. */}
      <p role="status" className={cx('px-3.5 text-sm text-muted', found.length === 0 && 'pt-2 pb-4')}>
        {found.length === 0 && (isPending ? t('loading') : models?.length ? t('notFound') : t('none'))}
      </p>
    </>
  );
}

type OptionProps = {
  id: string;
  model: Model;
  active: boolean;
  chosen: boolean;
  onHover: () => void;
  onChoose: () => void;
};

function Option({ id, model, active, chosen, onHover, onChoose }: OptionProps) {
  const t = useTranslations('models');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field that keeps the focus
    <div
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={chosen}
      data-highlighted={active || undefined}
      onMouseMove={onHover}
      onClick={onChoose}
      className={cx(
        'flex min-h-10 cursor-pointer items-center gap-2.5 rounded-small px-2.5 py-1.5 text-sm touch:min-h-11',
        active && 'bg-hover',
      )}
    >
      <HealthDot health={model.health} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{model.name}</span>
        <span className="block truncate text-xs text-muted">
          {model.endpoint}
          {model.scripted && ` · ${t('scripted')}`}
          {model.health.status !== 'up' &&
            model.health.status !== 'unknown' &&
            ` · ${t(`health.${model.health.status}`)}`}
        </span>
      </span>
      {chosen && <Check size={16} className="shrink-0 text-accent" aria-hidden />}
    </div>
  );
}
