import { useTranslations } from 'use-intl';
import type { ContextStamp } from '#features/contexts/contexts.ts';
import { LAYERS } from '#features/contexts/rules.ts';

/** The versions of the instructions that a reply was written by; the agent's stands by itself. */
export default function PromptStamp({ stamp }: { stamp: ContextStamp }) {
  const t = useTranslations('told');
  return (
    <div className="contents">
      <dt className="text-muted">{t('prompt')}</dt>
      <dd>
        {LAYERS.map((layer) => {
          const version = stamp[layer];
          if (layer === 'agent' || version === null) return null;
          const which = version === 0 ? t('builtIn') : t('version', { version });
          return (
            <span key={layer} className="block">
              {`${t(`layer.${layer}`)}: ${which}`}
            </span>
          );
        })}
      </dd>
    </div>
  );
}
