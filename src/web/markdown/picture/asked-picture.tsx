/** A picture from elsewhere: a button that names its host, then the picture, which a click enlarges. */
import { ExternalLink, ImageOff } from 'lucide-react';
import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { EnlargedPicture } from './enlarged-picture.tsx';
import { type Pictured, PictureFrame, type PictureSize } from './picture-frame.tsx';

type Stage = 'asked' | 'failed' | PictureSize | null;

export default function AskedPicture({ src, alt, host }: Pictured & { host: string }) {
  const t = useTranslations('picture');
  const [stage, setStage] = useState<Stage>(null);
  const [large, setLarge] = useState(false);
  const ask = useRef<HTMLButtonElement>(null);
  const enlarge = useRef<HTMLButtonElement>(null);
  const hadFocus = useRef(false);
  const name = alt || t('untitled');
  const size = stage !== null && typeof stage === 'object' ? stage : null;
  const hear = useCallback((told: PictureSize | null) => {
    hadFocus.current = document.activeElement === ask.current;
    setStage(told ?? 'failed');
  }, []);
  useLayoutEffect(() => {
    // The button that asked is gone by then.
    if (size && hadFocus.current) enlarge.current?.focus({ preventScroll: true });
    hadFocus.current = false;
  }, [size]);
  return (
    <span className={size ? 'my-1 block' : 'my-1 inline-flex max-w-full flex-col items-start'}>
      {size === null && (
        <span className="inline-flex max-w-full items-stretch overflow-hidden rounded-medium border border-hairline bg-surface text-sm text-muted">
          <button
            type="button"
            ref={ask}
            aria-disabled={stage === 'asked'}
            onClick={() => setStage('asked')}
            className="inline-flex min-w-0 items-center gap-2 px-3 py-2 text-start hover:bg-hover touch:min-h-11"
          >
            <ImageOff size={16} className="shrink-0" aria-hidden />
            <span dir="auto" className="truncate">
              {stage === 'failed' ? t('failed') : t('show', { host, alt: name })}
            </span>
          </button>
          <a
            href={src}
            target="_blank"
            rel="noopener noreferrer nofollow"
            aria-label={t('elsewhere')}
            title={t('elsewhere')}
            className="remote-image inline-flex items-center border-s border-hairline px-3 hover:bg-hover touch:min-w-11"
          >
            <ExternalLink size={15} aria-hidden />
          </a>
        </span>
      )}
      {(stage === 'asked' || size) && (
        <span
          className="relative block overflow-hidden rounded-medium"
          style={
            size
              ? {
                  width: `min(100%, ${size.width}px, ${(HIGHEST_REM * size.width) / size.height}rem)`,
                  aspectRatio: `${size.width} / ${size.height}`,
                }
              : { width: 1, height: 1 }
          }
        >
          <PictureFrame
            src={src}
            alt={alt}
            title={t('showing', { host, alt: name })}
            onSize={hear}
            className="block size-full border-0"
          />
          {size && (
            <button
              ref={enlarge}
              type="button"
              aria-label={t('enlarge', { alt: name })}
              onClick={() => setLarge(true)}
              className="absolute inset-0 cursor-zoom-in rounded-medium -outline-offset-2"
            />
          )}
        </span>
      )}
      {large && (
        <EnlargedPicture title={alt || t('large')} onClose={() => setLarge(false)}>
          <PictureFrame
            src={src}
            alt={alt}
            title={t('showing', { host, alt: name })}
            className="size-full border-0"
          />
        </EnlargedPicture>
      )}
    </span>
  );
}

/** Higher ones are made smaller: the text around them is what one reads. */
const HIGHEST_REM = 28;
