/** The page on which admins write what all models are told first. */
import { useTranslations } from 'use-intl';
import { Page, Section } from '#web/ui/page.tsx';
import { type Layer, type LayerTexts, NO_LAYERS, spokenLayers } from '../rules.ts';
import { ContextEditor, useInstructionsText } from './context-editor.tsx';

const PRIMARY = '/api/v1/admin';
const PERSONAL = '/api/v1/me';

export default function ContextPage() {
  const t = useTranslations('instructions');
  return (
    <Page title={t('title')} text={t('text')} nav="admin">
      <div className="mt-8 grid items-start gap-x-10 gap-y-2 @4xl:grid-cols-[3fr_2fr]">
        <ContextEditor path={PRIMARY} label={t('primary')} hint={t('primaryHint')} rows={14} />
        <Preview />
      </div>
    </Page>
  );
}

/** What a model is told with the text as it is in the field, in a chat of whoever looks at it. */
function Preview() {
  const t = useTranslations('instructions');
  const primary = useInstructionsText(PRIMARY);
  const personal = useInstructionsText(PERSONAL);
  const layers: LayerTexts = {
    ...NO_LAYERS,
    primary: primary === undefined ? null : { version: 0, text: primary },
    personal: personal === undefined ? null : { version: 0, text: personal },
  };
  const spoken = spokenLayers(layers);
  return (
    <div className="@4xl:[&>section]:-mt-2">
      <Section title={t('preview')}>
        <p className="text-sm text-pretty text-muted">{t('previewText')}</p>
        {primary !== undefined && (
          <div className="mt-3 flex flex-col gap-4 rounded-medium border border-hairline bg-surface p-4">
            {spoken.length === 0 && <p className="text-sm text-muted">{t('previewNothing')}</p>}
            {spoken.map(({ layer, text }) => (
              <LayerText key={layer} layer={layer} text={text} />
            ))}
          </div>
        )}
      </Section>
    </div>
  );
}

function LayerText({ layer, text }: { layer: Layer; text: string }) {
  const nameOf = useTranslations('instructions.layer');
  return (
    <div>
      <h3 className="text-note font-medium text-muted">{nameOf(layer)}</h3>
      <p dir="auto" className="mt-1 text-sm leading-relaxed whitespace-pre-wrap wrap-anywhere">
        {text}
      </p>
    </div>
  );
}
