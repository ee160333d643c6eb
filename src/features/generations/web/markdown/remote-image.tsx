import { ImageOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';

/**
 * A picture from elsewhere, fetched only after a click: its address alone could carry out what the chat knows.
 */
export function RemoteImage({ src, alt }: { src: string; alt: string }) {
  const t = useTranslations('message');
  const [wanted, setWanted] = useState(false);
  const host = hostOf(src);
  if (!host) return <span>{alt}</span>;
  if (wanted)
    return <img src={src} alt={alt} loading="lazy" referrerPolicy="no-referrer" className="max-h-96 rounded-m" />;
  return (
    <button
      type="button"
      onClick={() => setWanted(true)}
      className="my-1 inline-flex max-w-full items-center gap-2 rounded-m border border-hairline bg-surface px-3 py-2 text-left text-sm text-muted hover:bg-hover hover:text-text"
    >
      <ImageOff size={16} className="shrink-0" aria-hidden />
      <span className="truncate">{t('showImage', { host, alt: alt || t('imageWithoutName') })}</span>
    </button>
  );
}

function hostOf(src: string): string | null {
  try {
    const url = new URL(src);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.host : null;
  } catch {
    return null;
  }
}
