import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { ToldContext, ToldMessage } from '../told-context.ts';

/** All that was sent, in order; each text opens. */
export function ToldList({ told }: { told: ToldContext }) {
  const t = useTranslations('told');
  const { messages, omitted, omittedCount } = told;
  const fixed = messages.findIndex(({ layer }) => layer === 'history' || layer === 'message');
  const head = fixed === -1 ? messages : messages.slice(0, fixed);
  const rest = fixed === -1 ? [] : messages.slice(fixed);
  return (
    <ol className="flex flex-col" aria-label={t('title')}>
      {head.map((one) => (
        <Row key={one.layer} one={one} />
      ))}
      {omittedCount > 0 && (
        <li className="border-b border-dashed border-outline py-2 text-note text-muted tabular-nums">
          {t('omitted', { count: omittedCount })}
          {omitted.length === omittedCount &&
            ` · ${t('tokens', { count: omitted.reduce((sum, { tokens }) => sum + tokens, 0) })}`}
        </li>
      )}
      {rest.map((one) => (
        <Row key={`${one.role} ${one.messageId}`} one={one} />
      ))}
    </ol>
  );
}

function Row({ one }: { one: ToldMessage }) {
  const t = useTranslations('told');
  const { layer, role, version, text, hidden, tokens } = one;
  const name = layer === 'history' || layer === 'message' ? t(`role.${role}`) : t(`layer.${layer}`);
  return (
    <li className="border-b border-hairline">
      <details className="group">
        <summary className="flex cursor-pointer list-none items-baseline gap-2 rounded-small py-2 text-sm touch:min-h-11 [&::-webkit-details-marker]:hidden">
          <ChevronRight
            size={16}
            aria-hidden
            className="shrink-0 self-center text-muted transition-transform group-open:rotate-90"
          />
          <span className="shrink-0 font-medium">{name}</span>
          {version !== undefined && (
            <span className="shrink-0 text-note text-muted tabular-nums">
              {version === 0 ? t('builtIn') : t('version', { version })}
            </span>
          )}
          <span className="min-w-0 flex-1 truncate text-note text-muted group-open:invisible" dir="auto">
            {hidden ? t('hidden') : text.slice(0, 200)}
          </span>
          <span className="shrink-0 text-note text-muted tabular-nums">{t('tokens', { count: tokens })}</span>
        </summary>
        <p dir="auto" className="pb-3 pl-6 text-sm leading-relaxed whitespace-pre-wrap wrap-anywhere">
          {hidden ? t('hidden') : text}
        </p>
      </details>
    </li>
  );
}
