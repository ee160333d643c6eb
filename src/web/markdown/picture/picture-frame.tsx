import { useEffect, useRef } from 'react';

/** A picture elsewhere, and what it shows. */
export type Pictured = { src: string; alt: string };
export type PictureSize = { readonly width: number; readonly height: number };

type PictureFrameProps = Pictured & {
  title: string;
  /** How large it is, once it is there; null: it cannot be had. */
  onSize?: (size: PictureSize | null) => void;
  className: string;
};

const MOST_PIXELS = 100_000;

/**
 * Shows a picture from elsewhere in a frame without an origin, whose policy allows pictures and nothing else: the page itself goes on
 * fetching from Parley alone.
 */
export function PictureFrame({ src, alt, title, onSize, className }: PictureFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent) => {
      const target = frame.current?.contentWindow;
      if (!target || source !== target) return;
      if (data === 'ready') target.postMessage({ src, alt }, '*');
      else onSize?.(sizeOf(data));
    };
    addEventListener('message', onMessage);
    return () => removeEventListener('message', onMessage);
  }, [src, alt, onSize]);
  return (
    <iframe
      ref={frame}
      title={title}
      src="frames/picture.html"
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      tabIndex={-1}
      className={className}
    />
  );
}

function sizeOf(said: unknown): PictureSize | null {
  const { width, height } = (typeof said === 'object' && said !== null ? said : {}) as Partial<PictureSize>;
  const isSize = (size: unknown): size is number =>
    typeof size === 'number' && size > 0 && size <= MOST_PIXELS;
  return isSize(width) && isSize(height) ? { width, height } : null;
}
