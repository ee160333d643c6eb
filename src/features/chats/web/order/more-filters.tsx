import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { SelectField, TextField } from '#web/ui/field.tsx';
import { MetadataFields } from '../metadata-fields.tsx';
import { fromRows, type MetadataRow, toRows } from '../metadata-rows.ts';
import type { FilterProps, Filters } from './filters.ts';

/** The filters that are used seldom; they are set together. */
export function MoreFilters({ filters, onChange, onClose }: FilterProps & { onClose: () => void }) {
  const t = useTranslations('allChats');
  const [form, setForm] = useState(filters);
  const [rows, setRows] = useState<readonly MetadataRow[]>(() =>
    toRows(filters.metadata ? JSON.parse(filters.metadata) : { '': '' }),
  );
  const set = (part: Partial<Filters>) => setForm({ ...form, ...part });
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const metadata = fromRows(rows);
    const { description, after, before, visibility } = form;
    onChange({
      description: description.trim(),
      after,
      before,
      visibility,
      metadata: Object.keys(metadata).length > 0 ? JSON.stringify(metadata) : '',
    });
    onClose();
  };
  return (
    <Dialog title={t('more')} onClose={onClose}>
      <form onSubmit={apply} className="flex flex-col gap-4">
        <TextField
          label={t('description')}
          dir="auto"
          maxLength={300}
          value={form.description}
          onChange={(event) => set({ description: event.target.value })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            label={t('after')}
            type="date"
            max={form.before || undefined}
            value={form.after}
            onChange={(event) => set({ after: event.target.value })}
          />
          <TextField
            label={t('before')}
            type="date"
            min={form.after || undefined}
            value={form.before}
            onChange={(event) => set({ before: event.target.value })}
          />
        </div>
        <SelectField
          label={t('visibility')}
          value={form.visibility}
          onChange={(event) => set({ visibility: event.target.value as Filters['visibility'] })}
        >
          <option value="">{t('anybody')}</option>
          <option value="shared">{t('shared')}</option>
          <option value="private">{t('private')}</option>
        </SelectField>
        <MetadataFields rows={rows} onChange={setRows} />
        <DialogFooter action={t('apply')} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
