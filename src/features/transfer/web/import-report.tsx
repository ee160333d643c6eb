import { CircleAlert, CircleCheck, CircleMinus, Copy } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { useSaid } from '#web/i18n/use-said.ts';
import type { ImportFormat } from '../rules.ts';
import type { ImportItem, ImportReport as Report } from '../transfer.ts';

/** What the programs call themselves, in every language. */
const NAMES: Record<ImportFormat, string> = {
  parley: 'Parley',
  chatgpt: 'ChatGPT',
  claude: 'Claude',
  'open-webui': 'Open WebUI',
  librechat: 'LibreChat',
  sharegpt: 'ShareGPT',
};

/** Rows of what cannot come in that are shown. */
const MOST_SHOWN = 100;

/** What an import brings in, or has brought in, and what it cannot. */
export function ImportReport({ report, isDone }: { report: Report; isDone: boolean }) {
  const t = useTranslations('transfer.counts');
  const { added, copied, skipped, failed, messages, replaced } = report;
  const messagesSaid = messages > 0 ? ` · ${t('messages', { count: messages })}` : '';
  return (
    <>
      <p className="mt-1 text-note text-muted">
        {t('format', { format: report.format === 'mixed' ? t('mixed') : NAMES[report.format] })}
      </p>
      <ul className="mt-3 flex flex-col gap-2 text-sm tabular-nums">
        {added > 0 && (
          <Line icon={<CircleCheck size={16} className="text-accent" aria-hidden />}>
            {t(isDone ? 'addedDone' : 'added', { count: added })}
            {messagesSaid}
          </Line>
        )}
        {copied > 0 && (
          <Line icon={<Copy size={16} className="text-accent" aria-hidden />}>
            {t('copied', { count: copied })}
          </Line>
        )}
        {skipped > 0 && (
          <Line icon={<CircleMinus size={16} className="text-muted" aria-hidden />}>
            {t('skipped', { count: skipped })}
          </Line>
        )}
        {failed > 0 && (
          <Line icon={<CircleAlert size={16} className="text-danger" aria-hidden />}>
            {t('failed', { count: failed })}
          </Line>
        )}
        {replaced > 0 && (
          <Line icon={<CircleAlert size={16} className="text-muted" aria-hidden />}>
            {t('replaced', { count: replaced })}
          </Line>
        )}
      </ul>
      {failed > 0 && <Failures items={report.items.filter(({ result }) => result === 'failed')} />}
    </>
  );
}

const Line = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <li className="flex items-start gap-2">
    <span className="mt-0.5 shrink-0">{icon}</span>
    <span>{children}</span>
  </li>
);

/** Each with its place in the file, and why. */
function Failures({ items }: { items: readonly ImportItem[] }) {
  const t = useTranslations('transfer.failures');
  const said = useSaid();
  return (
    <section className="mt-5">
      <h3 className="text-sm font-medium">{t('title')}</h3>
      <ul className="mt-2 max-h-80 overflow-y-auto rounded-medium border border-hairline text-sm">
        {items.slice(0, MOST_SHOWN).map((item) => (
          <li
            key={`${item.file} ${item.row} ${item.reason}`}
            className="border-b border-hairline px-3 py-2 last:border-0"
          >
            {item.title && (
              <span dir="auto" className="block truncate font-medium">
                {item.title}
              </span>
            )}
            <span className="block">{said({ ...item, detail: item.message }) ?? item.message}</span>
            <span dir="auto" className="block break-words text-note text-muted">
              {t('place', { file: item.file, row: item.row + 1 })}
            </span>
          </li>
        ))}
        {items.length > MOST_SHOWN && (
          <li className="px-3 py-2 text-muted">{t('more', { count: items.length - MOST_SHOWN })}</li>
        )}
      </ul>
    </section>
  );
}
