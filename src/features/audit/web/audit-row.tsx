import { useTranslations } from 'use-intl';
import { useTimestamp } from '#web/ui/use-timestamp.ts';
import type { AuditItem } from '../audit.ts';
import { ACTIONS, type Action } from '../rules.ts';
import { wordOf } from './word-of.ts';

/** One act: what, to whom or what, the particulars, who and when. */
export function AuditRow({ item }: { item: AuditItem }) {
  const t = useTranslations('audit');
  const actions = useTranslations('audit.actions');
  const timestamp = useTimestamp();
  const { at, actor, action, target, detail } = item;
  const isKnown = (ACTIONS as readonly string[]).includes(action);
  const particulars = Object.entries(detail).map(([name, value]) => `${name}: ${toText(value)}`);
  return (
    <li className="grid gap-x-4 gap-y-0.5 border-b border-hairline py-3 @2xl:grid-cols-[minmax(0,1fr)_minmax(0,13rem)]">
      <div className="min-w-0">
        <h2 className="text-row font-medium text-pretty wrap-anywhere">
          {isKnown ? actions(wordOf(action as Action)) : action}
          {target?.name && <span className="font-normal text-muted"> · {target.name}</span>}
        </h2>
        {particulars.length > 0 && (
          <p className="font-mono text-note text-muted wrap-anywhere">{particulars.join(' · ')}</p>
        )}
      </div>
      <p className="text-note text-muted tabular-nums @2xl:text-right">
        <span className="text-ink">{actor.name || t('somebody')}</span>
        <br className="@max-2xl:hidden" />
        <span className="@2xl:hidden"> · </span>
        <time dateTime={at}>{timestamp(at)}</time>
      </p>
    </li>
  );
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
