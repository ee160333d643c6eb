import { useTranslations } from 'use-intl';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { ContextEditor } from './context-editor.tsx';
import { useInstructions } from './use-instructions.ts';

type ProjectInstructionsProps = {
  projectId: string;
  /** Whoever is here may change nothing. */
  reads: boolean;
};

/** What the models are told in all chats of a project. */
export default function ProjectInstructions({ projectId, reads }: ProjectInstructionsProps) {
  const t = useTranslations('instructions');
  const path = `/api/v1/projects/${projectId}`;
  return (
    <section aria-label={t('projectTitle')} className="mt-6 max-w-3xl">
      {reads ? (
        <Text path={path} />
      ) : (
        <ContextEditor key={path} path={path} label={t('projectTitle')} hint={t('projectHint')} rows={12} />
      )}
    </section>
  );
}

function Text({ path }: { path: string }) {
  const t = useTranslations('instructions');
  const { data, isError, refetch } = useInstructions(path);
  if (isError) return <Failed onRetry={() => void refetch()}>{t('failed')}</Failed>;
  if (!data) return <Skeleton lines={1} className="h-40" />;
  return (
    <p className="text-sm leading-relaxed whitespace-pre-wrap" dir="auto">
      {data.content || <span className="text-muted">{t('projectNone')}</span>}
    </p>
  );
}
