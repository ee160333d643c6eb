/** The editor of instructions, the same everywhere: the text, who saved it and when, and its versions. */
import { ChevronRight } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { lazyFile } from '#web/fetch-file.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { TextArea } from '#web/ui/field.tsx';
import { Failed, Skeleton } from '#web/ui/page.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Context } from '../contexts.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { keepTextDraft, useTextDraft } from './text-drafts.ts';
import { saveInstructions, useInstructions } from './use-instructions.ts';
import { useWhoAndWhen } from './use-who-and-when.ts';

const Versions = lazyFile(() => import('./versions.tsx'));
const Conflict = lazyFile(() => import('./conflict.tsx'));

type ContextEditorProps = {
  /** The address of whose instructions they are, such as `/api/v1/me`. */
  path: string;
  label: string;
  hint?: string;
  rows: number;
};

/** Instructions as they are in the field: what was typed, else what is in force. Undefined until that is known. */
export function useInstructionsText(path: string): string | undefined {
  const draft = useTextDraft(path);
  const { data } = useInstructions(path);
  return draft?.text ?? data?.content;
}

export function ContextEditor(props: ContextEditorProps) {
  const t = useTranslations('instructions');
  const { data: saved, isError, refetch } = useInstructions(props.path);
  if (saved) return <Editor {...props} saved={saved} />;
  if (isError) return <Failed onRetry={() => void refetch()}>{t('failed')}</Failed>;
  return <Skeleton lines={1} className="h-40" />;
}

function Editor({ path, label, hint, rows, saved }: ContextEditorProps & { saved: Context }) {
  const t = useTranslations('instructions');
  const words = useErrorWords();
  const draft = useTextDraft(path);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [theirs, setTheirs] = useState<Context | null>(null);
  const text = draft?.text ?? saved.content;
  const changed = text !== saved.content;
  const change = (typed: string) =>
    keepTextDraft(
      path,
      typed === saved.content ? undefined : { text: typed, base: draft?.base ?? saved.version },
    );
  const take = () => {
    keepTextDraft(path, undefined);
    setTheirs(null);
    setProblem(null);
  };
  const save = async (base: number) => {
    setBusy(true);
    setProblem(null);
    try {
      const { version } = await saveInstructions(path, text, base);
      take();
      toast(t('saved', { version }));
    } catch (error) {
      if (error instanceof ApiError && error.current) setTheirs(error.current as Context);
      else setProblem(words(error));
    }
    setBusy(false);
  };
  return (
    <div className="@container flex flex-col gap-3">
      <TextArea
        label={label}
        {...(hint && { hint })}
        error={problem}
        dir="auto"
        rows={rows}
        value={text}
        onChange={(event) => change(event.target.value)}
        className="leading-relaxed"
      />
      {theirs && (
        <Suspense fallback={<Skeleton lines={2} />}>
          <Conflict
            theirs={theirs}
            mine={text}
            busy={busy}
            onMine={() => void save(theirs.version)}
            onTheirs={take}
          />
        </Suspense>
      )}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <State saved={saved} changed={changed} />
        <span className="ml-auto flex flex-wrap justify-end gap-2">
          {changed && (
            <Button look="quiet" onClick={take}>
              {t('discard')}
            </Button>
          )}
          <Button
            look="primary"
            disabled={!changed || busy || theirs !== null}
            onClick={() => void save(draft?.base ?? saved.version)}
          >
            {t('save')}
          </Button>
        </span>
      </div>
      {saved.version > 0 && <OlderVersions path={path} saved={saved} text={text} />}
      {changed && <LeaveGuard onLeave={take} />}
    </div>
  );
}

/** Which version is in force, whose, and since when. */
function State({ saved, changed }: { saved: Context; changed: boolean }) {
  const t = useTranslations('instructions');
  const whoAndWhen = useWhoAndWhen();
  const { version, updatedBy, updatedAt, content } = saved;
  return (
    <p className="min-w-0 text-note text-pretty text-muted tabular-nums" aria-live="polite">
      {changed && <span className="font-medium text-text">{t('unsaved')} </span>}
      {updatedAt === null
        ? t(content === '' ? 'none' : 'builtIn')
        : t('inForce', { version, what: whoAndWhen(updatedBy, updatedAt) })}
    </p>
  );
}

function OlderVersions({ path, saved, text }: { path: string; saved: Context; text: string }) {
  const t = useTranslations('instructions');
  const [open, setOpen] = useState(false);
  return (
    <div className="border-t border-hairline pt-2">
      <Button small look="quiet" aria-expanded={open} onClick={() => setOpen(!open)} className="-ml-2.5">
        <ChevronRight size={16} aria-hidden className={cx('transition-transform', open && 'rotate-90')} />
        {t('versions')}
      </Button>
      {open && (
        <Suspense fallback={<Skeleton lines={3} />}>
          <Versions path={path} current={saved.version} text={text} />
        </Suspense>
      )}
    </div>
  );
}
