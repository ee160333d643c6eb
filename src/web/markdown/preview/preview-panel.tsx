/** What a block of HTML or SVG looks like, beside the chat it was written in. */
import { RotateCw } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useTranslations } from 'use-intl';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { Panel } from '#web/ui/panel.tsx';
import { CodeBlock } from '../code-block.tsx';
import { type FrameTrouble, PreviewFrame } from './preview-frame.tsx';
import { previewOf } from './previews.ts';

type Side = 'page' | 'code';

export default function PreviewPanel({ subject, onClose }: { subject: string; onClose: () => void }) {
  const t = useTranslations('preview');
  const [side, setSide] = useState<Side>('page');
  const [turn, setTurn] = useState(0);
  const [trouble, setTrouble] = useState<FrameTrouble | null>(null);
  const shown = previewOf(subject);
  const hear = useCallback(
    (told: FrameTrouble) => setTrouble((before) => (before === 'flooded' ? before : told)),
    [],
  );
  const again = () => {
    setTrouble(null);
    setTurn(turn + 1);
  };
  return (
    <Panel title={t('title')} onClose={onClose}>
      {shown ? (
        <>
          <div className="flex items-center gap-2">
            <div className="flex-1">
              <Choice<Side>
                quiet
                label={t('show')}
                value={side}
                onChange={setSide}
                options={[
                  { value: 'page', label: t('page') },
                  { value: 'code', label: t('code') },
                ]}
              />
            </div>
            <IconButton label={t('reload')} onClick={again} disabled={side === 'code'}>
              <RotateCw size={16} />
            </IconButton>
          </div>
          {side === 'code' ? (
            <CodeBlock code={shown.code} language={shown.language} growing={false} />
          ) : trouble === 'flooded' ? (
            <p role="alert" className="flex flex-wrap items-center gap-3 text-sm text-muted">
              {t('flooded')}
              <Button small onClick={again}>
                {t('again')}
              </Button>
            </p>
          ) : (
            <>
              <PreviewFrame key={turn} title={t('frame')} shown={shown} onTrouble={hear} />
              <p className="text-note text-pretty text-muted" aria-live="polite">
                {trouble === 'refused' ? t('refused') : t('safe')}
              </p>
            </>
          )}
        </>
      ) : (
        <p className="text-sm text-muted">{t('gone')}</p>
      )}
    </Panel>
  );
}
