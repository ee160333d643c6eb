import { Ellipsis, Pencil, Power, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { useSaid } from '#web/i18n/use-said.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { Menu } from '#web/ui/menu.tsx';
import { toast } from '#web/ui/toast.tsx';
import { useMoments } from '#web/ui/use-moments.ts';
import type { Endpoint, EndpointTest } from '../endpoints.ts';
import { HealthDot } from './health-dot.tsx';

type EndpointRowProps = { endpoint: Endpoint; onEdit: () => void; onChanged: () => void };

/** One endpoint: how it is, what it takes, and what can be done with it. */
export function EndpointRow({ endpoint, onEdit, onChanged }: EndpointRowProps) {
  const t = useTranslations('endpoints');
  const words = useErrorWords();
  const [deleting, setDeleting] = useState(false);
  const { name, kind, baseUrl, slots, hasApiKey, enabled, source } = endpoint;
  const path = `/api/v1/admin/endpoints/${endpoint.id}`;
  const attempt = (work: Promise<unknown>) =>
    work.then(onChanged, (error) => toast(words(error))).finally(() => setDeleting(false));
  const facts = [
    t(`kind.${kind}`),
    baseUrl,
    source !== 'built-in' && t(`source.${source}`),
    t('slots', { count: slots }),
    hasApiKey && t('keySet'),
  ];
  return (
    <li
      className={cx('rounded-medium border border-hairline bg-surface px-4 py-3.5', !enabled && 'opacity-70')}
    >
      <div className="flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
        <HealthDot health={endpoint.health} />
        <h2 className="min-w-[min(70%,6rem)] flex-1 truncate font-medium">{name}</h2>
        {!enabled && <span className="text-note text-muted">{t('disabled')}</span>}
        <TestButton path={`${path}/test`} onTested={onChanged} />
        <Menu
          trigger={
            <IconButton label={t('more', { name })}>
              <Ellipsis size={18} />
            </IconButton>
          }
          entries={[
            { icon: <Pencil size={16} />, label: t('edit'), run: onEdit },
            {
              icon: <Power size={16} />,
              label: enabled ? t('turnOff') : t('turnOn'),
              run: () => void attempt(api('PATCH', path, { enabled: !enabled })),
            },
            'line',
            { icon: <Trash2 size={16} />, label: t('delete'), run: () => setDeleting(true), danger: true },
          ]}
        />
      </div>
      <p className="mt-0.5 pl-5 text-note wrap-anywhere text-muted tabular-nums">
        {facts.filter(Boolean).join(' · ')}
      </p>
      <HealthSentence endpoint={endpoint} />
      <LastErrorNote endpoint={endpoint} />
      {deleting && (
        <Dialog
          title={t('deleteTitle', { name })}
          description={t('deleteText')}
          onClose={() => setDeleting(false)}
        >
          <DialogFooter
            action={t('delete')}
            danger
            onAction={() => void attempt(api('DELETE', path))}
            onCancel={() => setDeleting(false)}
          />
        </Dialog>
      )}
    </li>
  );
}

function HealthSentence({ endpoint: { health } }: { endpoint: Endpoint }) {
  const said = useSaid();
  const { since } = useMoments();
  if (!health.detail) return null;
  return (
    <p className={cx('mt-1 pl-5 text-note', health.status === 'down' ? 'text-danger' : 'text-muted')}>
      {said(health) ?? health.detail}{' '}
      {health.since && <span className="text-muted">({since(new Date(health.since))})</span>}
    </p>
  );
}

/** How it failed last, with its own words: nobody but admins reads those. */
function LastErrorNote({ endpoint: { health, lastError } }: { endpoint: Endpoint }) {
  const t = useTranslations('endpoints');
  const words = useSaid();
  const format = useFormatter();
  if (!lastError) return null;
  const { at, model, detail, said } = lastError;
  const cause = words(lastError) ?? detail;
  const shown = [
    // The line above says the same of an endpoint that is down.
    detail !== health.detail &&
      t('lastError', { when: format.relativeTime(new Date(at), new Date()), cause }),
    said && t('itSaid', { said }),
    model && t('asked', { model }),
  ].filter(Boolean);
  if (shown.length === 0) return null;
  return <p className="mt-1 pl-5 text-note wrap-anywhere text-muted">{shown.join(' ')}</p>;
}

function TestButton({ path, onTested }: { path: string; onTested: () => void }) {
  const t = useTranslations('endpoints');
  const words = useErrorWords();
  const said = useSaid();
  const [busy, setBusy] = useState(false);
  const test = async () => {
    setBusy(true);
    try {
      const { ok, models, error } = await api<EndpointTest>('POST', path);
      if (ok) toast(t('testOk', { count: models?.length ?? 0 }));
      else if (error) toast(t('testFailed', { detail: said(error) ?? error.detail }));
      onTested();
    } catch (error) {
      toast(words(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button small disabled={busy} onClick={() => void test()}>
      {busy ? t('testing') : t('test')}
    </Button>
  );
}
