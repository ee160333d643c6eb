import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { EnlargedPicture } from '../picture/enlarged-picture.tsx';
import { addressOf, type Drawing } from './drawing.ts';

/** A drawn diagram, no larger than there is room for; a click shows it as large as the window allows. */
export default function DiagramView({ drawing }: { drawing: Drawing }) {
  const t = useTranslations('diagram');
  const [large, setLarge] = useState(false);
  const { width, height } = drawing;
  const src = addressOf(drawing);
  return (
    <div className="flex justify-center p-4">
      <button
        type="button"
        aria-label={t('enlarge')}
        onClick={() => setLarge(true)}
        className="max-w-full cursor-zoom-in rounded-small"
      >
        <img src={src} alt={t('alt')} width={width} height={height} className="max-h-112 w-auto max-w-full" />
      </button>
      {large && (
        <EnlargedPicture title={t('diagram')} onClose={() => setLarge(false)}>
          {/* Its letters are not smaller than they are drawn: on a narrow screen it is scrolled. */}
          <img
            src={src}
            alt={t('alt')}
            style={{ minWidth: width }}
            className="max-h-full w-full object-contain"
          />
        </EnlargedPicture>
      )}
    </div>
  );
}
