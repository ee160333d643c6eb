import { Plus, X } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#web/ui/button.tsx';
import { INPUT } from '#web/ui/field.tsx';
import type { MetadataRow } from './metadata-rows.ts';

type MetadataFieldsProps = { rows: readonly MetadataRow[]; onChange: (rows: readonly MetadataRow[]) => void };

/** Free metadata, a row for each name and value. */
export function MetadataFields({ rows, onChange }: MetadataFieldsProps) {
  const t = useTranslations('details');
  const change = (id: number, part: Partial<MetadataRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  const add = () =>
    onChange([...rows, { id: Math.max(0, ...rows.map(({ id }) => id)) + 1, key: '', value: '' }]);
  return (
    <fieldset className="@container min-w-0">
      <legend className="mb-1.5 text-sm font-medium">{t('metadata')}</legend>
      <ul className="flex flex-col gap-4 @md:gap-2">
        {rows.map((row) => (
          // On one line where there is room; else the value has a line of its own.
          <li
            key={row.id}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-2 @md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto]"
          >
            <input
              aria-label={t('key')}
              placeholder={t('key')}
              className={`${INPUT} h-10`}
              value={row.key}
              onChange={(event) => change(row.id, { key: event.target.value })}
            />
            <input
              aria-label={t('value')}
              placeholder={t('value')}
              className={`${INPUT} order-1 col-span-full h-10 @md:order-none @md:col-auto`}
              value={row.value}
              onChange={(event) => change(row.id, { value: event.target.value })}
            />
            <IconButton
              label={t('removeField')}
              onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
            >
              <X size={16} />
            </IconButton>
          </li>
        ))}
        <li>
          <Button small look="quiet" onClick={add}>
            <Plus size={15} aria-hidden />
            {t('addField')}
          </Button>
        </li>
      </ul>
    </fieldset>
  );
}
