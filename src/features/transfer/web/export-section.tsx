import { useState } from 'react';
import { useLocale, useTranslations } from 'use-intl';
import { useRecentProjects } from '#features/projects/web/index.ts';
import { SelectField } from '#web/ui/field.tsx';
import { Section } from '#web/ui/page.tsx';
import type { ListFormat } from '../rules.ts';
import { DownloadLink } from './download-link.tsx';
import { FormatsField } from './formats-field.tsx';

/** Which chats: by what they are, or those of a project, by its id. */
const KINDS = { active: 'archived=false', archived: 'archived=true', all: 'archived=all' } as const;
type Kind = keyof typeof KINDS;
const isKind = (which: string): which is Kind => which in KINDS;
/** Taking out many chats at once: all, the archive, or a project's. */
export function ExportSection() {
  const t = useTranslations('transfer.out');
  const language = useLocale();
  const { data: projects } = useRecentProjects();
  const [which, setWhich] = useState<string>('all');
  const [format, setFormat] = useState<ListFormat>('zip');
  const filter = isKind(which) ? KINDS[which] : `archived=all&projectId=${which}`;
  return (
    <Section title={t('title')}>
      <div className="mt-4 flex max-w-xl flex-col gap-4">
        <SelectField label={t('which')} value={which} onChange={(event) => setWhich(event.target.value)}>
          {(Object.keys(KINDS) as Kind[]).map((kind) => (
            <option key={kind} value={kind}>
              {t(kind)}
            </option>
          ))}
          {projects?.map(({ id, name }) => (
            <option key={id} value={id}>
              {t('project', { name })}
            </option>
          ))}
        </SelectField>
        <FormatsField value={format} onChange={setFormat} />
        <div>
          <DownloadLink path={`/api/v1/chats/export?format=${format}&language=${language}&${filter}`}>
            {t('download')}
          </DownloadLink>
        </div>
      </div>
    </Section>
  );
}
