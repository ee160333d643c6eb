import { ImageOff } from 'lucide-react';
import { useTranslations } from 'use-intl';

/**
 * A picture from elsewhere: never fetched by the page, because its address alone could carry out what the chat
 * knows. A click opens it in a tab of its own.
 */
export function RemoteImage({ src, alt }: { src: string; alt: string }) {
  const t = useTranslations('markdown');
  const host = hostOf(src);
  if (!host) return <span>{alt}</span>;
  return (
    <a
      href={src}
      target="_blank"
      rel="noopener noreferrer nofollow"
      className="remote-image my-1 inline-flex max-w-full items-center gap-2 rounded-medium border border-hairline bg-surface px-3 py-2 text-start text-sm hover:bg-hover"
    >
      <ImageOff size={16} className="shrink-0" aria-hidden />
      <span dir="auto" className="truncate">
        {t('showImage', { host, alt: alt || t('imageWithoutName') })}
      </span>
    </a>
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
