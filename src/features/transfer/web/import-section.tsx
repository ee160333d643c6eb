/** Bringing in chats, step by step: files, what is in them, and what came of it. */
import { useFormatter, useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button } from '#web/ui/button.tsx';
import { Section } from '#web/ui/page.tsx';
import { useBytes } from '#web/ui/use-bytes.ts';
import { DropZone } from './drop-zone.tsx';
import { ImportReport } from './import-report.tsx';
import { type Import, useImport } from './use-import.ts';

export function ImportSection() {
  const t = useTranslations('transfer.in');
  const work = useImport();
  return (
    <Section title={t('title')}>
      <Step work={work} />
    </Section>
  );
}

function Step({ work }: { work: Import }) {
  const { stage, files } = work;
  if (stage.kind === 'asking') return <Asking work={work} stage={stage} />;
  return (
    <div className="mt-4 rounded-large border border-hairline p-5" aria-live="polite">
      <p dir="auto" className="mb-3 truncate text-note text-muted">
        {files.map(({ name }) => name).join(', ')}
      </p>
      {stage.kind === 'sending' && <Sending stage={stage} work={work} />}
      {stage.kind === 'failed' && <Failed error={stage.error} work={work} />}
      {stage.kind === 'preview' && <Preview report={stage.report} work={work} />}
      {stage.kind === 'done' && <Done report={stage.report} work={work} />}
    </div>
  );
}

type At<Kind> = Extract<Import['stage'], { kind: Kind }>;

function Asking({ work, stage }: { work: Import; stage: At<'asking'> }) {
  const t = useTranslations('transfer.in');
  const size = useBytes();
  return (
    <>
      <DropZone onFiles={work.look} />
      {stage.tooLarge !== undefined && (
        <p role="alert" className="mt-3 text-sm text-danger">
          {t('tooLarge', { size: size(stage.tooLarge) })}
        </p>
      )}
      {stage.stopped && (
        <p role="status" className="mt-3 text-sm text-muted">
          {t('stopped')}
        </p>
      )}
    </>
  );
}

function Sending({ work, stage }: { work: Import; stage: At<'sending'> }) {
  const t = useTranslations('transfer.in');
  const format = useFormatter();
  const percent = format.number(stage.sent, { style: 'percent', maximumFractionDigits: 0 });
  const files = work.files.length;
  return (
    <>
      <p className="text-sm tabular-nums">
        {stage.sent < 1
          ? t('sending', { files, percent })
          : stage.dryRun
            ? t('looking', { files })
            : t('keeping')}
      </p>
      <progress
        aria-label={t('progress')}
        className="mt-3 h-1.5 w-full accent-accent"
        {...(stage.sent < 1 && { value: stage.sent })}
        max={1}
      />
      <Button className="mt-4" onClick={work.stop}>
        {t('stop')}
      </Button>
    </>
  );
}

function Failed({ error, work }: { error: unknown; work: Import }) {
  const t = useTranslations('transfer.in');
  const words = useErrorWords();
  return (
    <>
      <h3 className="text-sm font-medium">{t('failedTitle')}</h3>
      <p role="alert" className="mt-1 text-sm break-words text-danger">
        {words(error)}
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        <Button look="primary" onClick={work.again}>
          {t('again')}
        </Button>
        <Button onClick={() => work.look(work.files)}>{t('retry')}</Button>
      </div>
    </>
  );
}

function Preview({ report, work }: { report: At<'preview'>['report']; work: Import }) {
  const t = useTranslations('transfer.preview');
  const common = useTranslations('common');
  const count = report.added + report.copied;
  return (
    <>
      <h3 className="text-sm font-medium">{t('title')}</h3>
      <ImportReport report={report} isDone={false} />
      {count === 0 && report.failed === 0 && <p className="mt-3 text-sm">{t('nothing')}</p>}
      <div className="mt-5 flex flex-wrap gap-2">
        {count > 0 && (
          <Button look="primary" onClick={work.keep}>
            {t('start', { count })}
          </Button>
        )}
        <Button look="quiet" onClick={work.again}>
          {common('cancel')}
        </Button>
      </div>
    </>
  );
}

function Done({ report, work }: { report: At<'done'>['report']; work: Import }) {
  const t = useTranslations('transfer.done');
  return (
    <>
      <h3 className="text-sm font-medium">{t('title')}</h3>
      <ImportReport report={report} isDone />
      {report.added + report.copied > 0 && <p className="mt-3 text-note text-muted">{t('archive')}</p>}
      <Button className="mt-5" onClick={work.again}>
        {t('more')}
      </Button>
    </>
  );
}
