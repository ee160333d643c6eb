/** The projects of whoever is here: to look through, to search, to begin one. */
import { FolderPlus, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { cx } from '#web/ui/classes.ts';
import { Failed, Page } from '#web/ui/page.tsx';
import { SearchField } from '#web/ui/search-field.tsx';
import { NewProjectDialog } from './new-project-dialog.tsx';
import { CARD_GRID, CardSkeletons, ProjectCard } from './project-card.tsx';
import { useProjects } from './use-projects.ts';

export default function ProjectsPage() {
  const t = useTranslations('projects');
  const [words, setWords] = useState('');
  const [shown, setShown] = useState<'active' | 'archived'>('active');
  const [making, setMaking] = useState(false);
  const list = useProjects({ archived: shown === 'archived', words });
  const projects = list.data?.pages.flatMap((page) => page.items) ?? [];
  const none = list.isSuccess && projects.length === 0;
  const first = none && words === '' && shown === 'active' && !list.isPlaceholderData;
  const make = (
    <Button look="primary" onClick={() => setMaking(true)}>
      <Plus size={16} aria-hidden />
      {t('make')}
    </Button>
  );
  return (
    <Page title={t('title')} text={t('text')} action={!first && make}>
      <div className="mt-7 flex flex-wrap items-center gap-2">
        <SearchField label={t('search')} onSearch={setWords} className="min-w-52 flex-1 sm:max-w-sm" />
        <Choice
          quiet
          label={t('shown')}
          value={shown}
          onChange={setShown}
          options={[
            { value: 'active', label: t('active') },
            { value: 'archived', label: t('archived') },
          ]}
        />
      </div>
      {list.isPending && <CardSkeletons />}
      {list.isError && projects.length === 0 && (
        <Failed onRetry={() => void list.refetch()}>{t('failed')}</Failed>
      )}
      {first ? (
        <div className="mx-auto mt-14 flex max-w-md animate-appear flex-col items-center text-center">
          <span className="grid size-14 place-items-center rounded-large bg-accent-soft text-accent">
            <FolderPlus size={26} aria-hidden />
          </span>
          <h2 className="mt-4 text-lg font-semibold tracking-tight">{t('noneTitle')}</h2>
          <p className="mt-1.5 mb-5 text-sm text-pretty text-muted">{t('noneText')}</p>
          {make}
        </div>
      ) : (
        none && (
          <p className="mt-10 text-sm text-muted">
            {words ? t('nothingFound', { words }) : t('noneArchived')}
          </p>
        )
      )}
      <ul className={cx(CARD_GRID, 'transition-opacity', list.isPlaceholderData && 'opacity-60')}>
        {projects.map((project) => (
          <ProjectCard key={project.id} project={project} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button className="mt-5" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {making && <NewProjectDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}
