import { X } from 'lucide-react';
import { useFormatter, useTranslations } from 'use-intl';
import { countFilters, type FilterProps, type Filters, NO_FILTERS } from './filters.ts';

type Chip = { key: string; text: string; without: Partial<Filters> };

/** What is filtered by, beside what stands in the fields; each can be taken away. */
export function FilterChips({ filters, onChange }: FilterProps) {
  const t = useTranslations('allChats');
  const format = useFormatter();
  const day = (value: string) =>
    format.dateTime(new Date(`${value}T00:00:00`), { day: 'numeric', month: 'short', year: 'numeric' });
  const { tags, description, after, before, visibility, metadata } = filters;
  const fields = metadata ? Object.entries(JSON.parse(metadata) as Record<string, unknown>) : [];
  const chips: Chip[] = [
    ...tags.map((tag) => ({
      key: `tag ${tag}`,
      text: tag,
      without: { tags: tags.filter((other) => other !== tag) },
    })),
    ...(description
      ? [
          {
            key: 'description',
            text: t('inDescription', { words: description }),
            without: { description: '' },
          },
        ]
      : []),
    ...(after ? [{ key: 'after', text: t('from', { day: day(after) }), without: { after: '' } }] : []),
    ...(before ? [{ key: 'before', text: t('to', { day: day(before) }), without: { before: '' } }] : []),
    ...(visibility ? [{ key: 'visibility', text: t(visibility), without: { visibility: '' as const } }] : []),
    ...fields.map(([name, value]) => ({
      key: `field ${name}`,
      text: `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      without: { metadata: withoutField(fields, name) },
    })),
  ];
  if (countFilters(filters) === 0) return null;
  return (
    <ul aria-label={t('filters')} className="mt-3 flex flex-wrap items-center gap-1.5">
      {chips.map(({ key, text, without }) => (
        <li
          key={key}
          className="flex max-w-full items-center rounded-small bg-hover pl-2 text-note forced-colors:border"
        >
          <span dir="auto" className="min-w-0 truncate">
            {text}
          </span>
          <button
            type="button"
            aria-label={t('without', { filter: text })}
            onClick={() => onChange(without)}
            className="grid size-7 shrink-0 place-items-center rounded-small text-muted hover:text-text touch:size-11"
          >
            <X size={14} />
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          onClick={() => onChange({ ...NO_FILTERS, q: filters.q })}
          className="min-h-7 rounded-small px-2 text-note text-muted underline-offset-4 hover:text-text hover:underline touch:min-h-11"
        >
          {t('clear')}
        </button>
      </li>
    </ul>
  );
}

function withoutField(fields: readonly [string, unknown][], name: string): string {
  const rest = fields.filter(([other]) => other !== name);
  return rest.length > 0 ? JSON.stringify(Object.fromEntries(rest)) : '';
}
