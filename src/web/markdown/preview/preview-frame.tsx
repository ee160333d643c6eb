import { useEffect, useRef } from 'react';
import type { Previewed } from './previews.ts';

/** What went wrong in a frame: it asked for what it does not get, or would not stop talking. */
export type FrameTrouble = 'refused' | 'flooded';

type PreviewFrameProps = { title: string; shown: Previewed; onTrouble: (trouble: FrameTrouble) => void };

/** More than anything that behaves has to say. */
const MOST_MESSAGES = 200;

/** A drawing in the middle of a page of its own. */
const SVG_PAGE =
  '<!doctype html><meta charset="utf-8"><style>html,body{height:100%;margin:0}' +
  'body{display:grid;place-items:center;background:#fff}svg{max-width:100%;max-height:100vh}</style>';

/**
 * A document that somebody else wrote, in a frame without an origin. The sandbox, and the policy that the frame's file is served
 * with, leave it neither network nor anything of this page; what it says is counted, and otherwise believed to be a complaint.
 */
export function PreviewFrame({ title, shown, onTrouble }: PreviewFrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    let messages = 0;
    const onMessage = ({ source, data }: MessageEvent) => {
      const target = frame.current?.contentWindow;
      if (!target || source !== target) return;
      messages++;
      if (messages === 1) target.postMessage(documentOf(shown), '*');
      else if (messages > MOST_MESSAGES) onTrouble('flooded');
      else if (data === 'refused') onTrouble('refused');
    };
    addEventListener('message', onMessage);
    return () => removeEventListener('message', onMessage);
  }, [shown, onTrouble]);
  return (
    <iframe
      ref={frame}
      title={title}
      src="frames/preview.html"
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      className="min-h-0 w-full flex-1 rounded-medium border border-hairline bg-[Canvas] [color-scheme:light]"
    />
  );
}

const documentOf = ({ code, language }: Previewed): string => (language === 'svg' ? SVG_PAGE + code : code);
