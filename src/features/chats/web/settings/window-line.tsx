import { useTranslations } from 'use-intl';
import type { ChatSettings } from '../../chat-settings.ts';

/** How much the model can read, and who says so. */
export function WindowLine({ window }: { window: ChatSettings['window'] }) {
  const t = useTranslations('chatSettings');
  const said = window.from === 'model' || window.from === 'instance' ? window.from : 'default';
  return (
    <section className="flex flex-col gap-1 border-t border-hairline pt-5">
      <h3 className="text-sm font-medium">{t('window')}</h3>
      <p className="text-sm text-pretty">{t('tokens', { count: window.tokens })}</p>
      <p className="text-note text-pretty text-muted">{t(`windowFrom.${said}`)}</p>
    </section>
  );
}
