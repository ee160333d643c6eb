import { Search, SlidersHorizontal } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useRecentProjects } from '#features/projects/web/index.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { INPUT } from '#web/ui/field.tsx';
import type { FilterProps, Filters } from './filters.ts';
import { MoreFilters } from './more-filters.tsx';
import { TagInput } from './tag-input.tsx';

/** Long enough to type on, short enough to feel at once. */
const SETTLED_MS = 250;
const CONTROL = cx(INPUT, 'h-11 min-w-0 sm:h-9');

/** What `archived` and `pinned` say together, as one choice. */
const SHOWN = {
  active: { archived: 'false', pinned: 'all' },
  pinned: { archived: 'false', pinned: 'true' },
  archived: { archived: 'true', pinned: 'all' },
  all: { archived: 'all', pinned: 'all' },
} as const satisfies Record<string, Partial<Filters>>;
type Shown = keyof typeof SHOWN;

/** The filters that are used most, and the way to the others. */
export function FilterBar({ filters, onChange }: FilterProps) {
  const t = useTranslations('allChats');
  const { data: projects = [] } = useRecentProjects();
  const [tag, setTag] = useState('');
  const [more, setMore] = useState(false);
  const shown = (Object.keys(SHOWN) as Shown[]).find(
    (key) => SHOWN[key].archived === filters.archived && SHOWN[key].pinned === filters.pinned,
  );
  const addTag = (name: string) => {
    setTag('');
    if (name.trim() !== '') onChange({ tags: [...new Set([...filters.tags, name.trim()])] });
  };
  return (
    <search className="mt-6 grid grid-cols-2 gap-2 @2xl:grid-cols-[minmax(0,2fr)_repeat(3,minmax(0,1fr))_auto]">
      <WordsField
        words={filters.q}
        onWords={(q) => onChange({ q }, { replace: true })}
        className="col-span-2 @2xl:col-span-1"
      />
      <TagInput
        aria-label={t('tag')}
        placeholder={t('tag')}
        value={tag}
        onChange={setTag}
        onChoose={addTag}
        without={filters.tags}
        onKeyDown={(event) => event.key === 'Enter' && addTag(tag)}
        className={CONTROL}
      />
      <select
        aria-label={t('shown')}
        value={shown ?? ''}
        onChange={(event) => onChange(SHOWN[event.target.value as Shown])}
        className={CONTROL}
      >
        {!shown && <option value="">{t('other')}</option>}
        {(Object.keys(SHOWN) as Shown[]).map((key) => (
          <option key={key} value={key}>
            {t(`show.${key}`)}
          </option>
        ))}
      </select>
      <select
        aria-label={t('project')}
        value={filters.projectId}
        onChange={(event) => onChange({ projectId: event.target.value })}
        className={CONTROL}
      >
        <option value="">{t('anyProject')}</option>
        {projects.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
        {filters.projectId && !projects.some(({ id }) => id === filters.projectId) && (
          <option value={filters.projectId}>{t('otherProject')}</option>
        )}
      </select>
      <Button className="sm:min-h-9" onClick={() => setMore(true)}>
        <SlidersHorizontal size={16} aria-hidden />
        {t('more')}
      </Button>
      {more && <MoreFilters filters={filters} onChange={onChange} onClose={() => setMore(false)} />}
    </search>
  );
}

type WordsFieldProps = { words: string; onWords: (words: string) => void; className?: string };

/** The words to look for; told once typing pauses. Follows the address, where that changes by itself. */
function WordsField({ words, onWords, className }: WordsFieldProps) {
  const t = useTranslations('allChats');
  const [typed, setTyped] = useState(words);
  const [known, setKnown] = useState(words);
  if (known !== words) {
    setKnown(words);
    if (typed.trim() !== words) setTyped(words);
  }
  useEffect(() => {
    if (typed.trim() === words) return;
    const timer = setTimeout(() => onWords(typed.trim()), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [typed, words, onWords]);
  return (
    <span className={cx('relative flex items-center', className)}>
      <Search size={16} className="pointer-events-none absolute left-3 text-muted" aria-hidden />
      <input
        type="search"
        dir="auto"
        maxLength={300}
        aria-label={t('words')}
        placeholder={t('words')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
        className={cx(CONTROL, 'pl-9')}
      />
    </span>
  );
}
