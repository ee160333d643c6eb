/** A block of code in a text, with what a browser can make of some languages: a preview, a diagram. */
import { type ReactNode, Suspense, useRef, useState } from 'react';
import { FetchedPart, type Part } from '#web/i18n/fetched-part.tsx';
import { later } from '#web/later-words.ts';
import { ErrorBoundary } from '#web/ui/error-boundary.tsx';
import { CodeBlock } from './code-block.tsx';
import type { Side } from './diagram/diagram-switch.tsx';
import { type Drawing, isDiagram } from './diagram/drawing.ts';
import { useDiagram } from './diagram/use-diagram.ts';
import { type Previewed, previewedAs } from './preview/previews.ts';

const PREVIEW: Part<Previewed> = { fetch: () => import('./preview/preview-button.tsx'), words: [later] };
const SWITCH: Part<{ side: Side; onSwitch: (side: Side) => void }> = {
  fetch: () => import('./diagram/diagram-switch.tsx'),
  words: [later],
};
const VIEW: Part<{ drawing: Drawing }> = {
  fetch: () => import('./diagram/diagram-view.tsx'),
  words: [later],
};
const FAILED: Part<object> = { fetch: () => import('./diagram/diagram-failed.tsx'), words: [later] };

type FencedCodeProps = { code: string; language: string; growing: boolean };

/** While it grows it is code and nothing else. */
export function FencedCode({ code, language, growing }: FencedCodeProps) {
  const place = useRef<HTMLElement>(null);
  const [side, setSide] = useState<Side>('diagram');
  const diagram = useDiagram(!growing && isDiagram(language) ? code : null, place);
  const previewed = growing ? null : previewedAs(language, code);
  const drawing = diagram !== null && typeof diagram === 'object' ? diagram : null;
  const tools = (
    <Extra>
      {previewed && <FetchedPart part={PREVIEW} give={{ code, language: previewed }} />}
      {drawing && <FetchedPart part={SWITCH} give={{ side, onSwitch: setSide }} />}
      {diagram === 'failed' && <FetchedPart part={FAILED} give={{}} />}
    </Extra>
  );
  return (
    <CodeBlock code={code} language={language} growing={growing} tools={tools} place={place}>
      {drawing && side === 'diagram' ? (
        <Extra>
          <FetchedPart part={VIEW} give={{ drawing }} />
        </Extra>
      ) : null}
    </CodeBlock>
  );
}

/** What the code can do without: until it is there, and where it cannot be had, there is nothing. */
const Extra = ({ children }: { children: ReactNode }) => (
  <ErrorBoundary fallback={() => null}>
    <Suspense fallback={null}>{children}</Suspense>
  </ErrorBoundary>
);
