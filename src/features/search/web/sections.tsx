import { useTranslations } from 'use-intl';
import { CommandRow, HitRow, Option, ValueRow } from './option.tsx';
import type { Entry, Section } from './to-sections.ts';

type SectionsProps = {
  id: string;
  label: string;
  sections: readonly Section[];
  activeKey: string | null;
  onChoose: (entry: Entry) => void;
  onReach: (key: string) => void;
};

/** The list under the field: sections with their names, and a row for each entry. */
export function Sections({ id, label, sections, activeKey, onChoose, onReach }: SectionsProps) {
  const t = useTranslations('search');
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]"
    >
      {sections.map(({ name, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options, which no fieldset is
        <div key={name} role="group" aria-labelledby={`${id}-${name}`} className="pb-1">
          <div id={`${id}-${name}`} className="px-3 pt-2 pb-1 text-xs font-medium text-muted">
            {t(`section.${name}`)}
          </div>
          {entries.map((entry) => (
            <Option
              key={entry.key}
              id={`${id}-${entry.key}`}
              active={entry.key === activeKey}
              path={entry.path}
              onChoose={() => onChoose(entry)}
              onReach={() => entry.key !== activeKey && onReach(entry.key)}
            >
              {entry.hit && <HitRow hit={entry.hit} />}
              {entry.value && <ValueRow value={entry.value} />}
              {entry.command && <CommandRow command={entry.command} />}
            </Option>
          ))}
        </div>
      ))}
    </div>
  );
}
