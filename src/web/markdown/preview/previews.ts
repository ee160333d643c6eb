/** What has been opened to be looked at in the panel, for as long as the page lives. */
import { openPanel } from '#web/ui/windows.ts';

/** Code that a browser can show by itself. */
export type Previewed = { readonly code: string; readonly language: 'html' | 'svg' };

const opened = new Map<string, Previewed>();

/** The kind of document that code of this language is; null: none that can be shown. */
export function previewedAs(language: string, code: string): Previewed['language'] | null {
  const name = language.toLowerCase();
  if (name === 'html' || name === 'htm' || name === 'xhtml') return 'html';
  const drawn = name === 'svg' || (name === 'xml' && /^\s*(?:<\?xml[^>]*>\s*)?<svg[\s>]/i.test(code));
  return drawn ? 'svg' : null;
}

/** Opens the panel with it. */
export function openPreview(previewed: Previewed): void {
  const subject = String(opened.size);
  opened.set(subject, previewed);
  openPanel('preview', subject);
}

export const previewOf = (subject: string): Previewed | undefined => opened.get(subject);
