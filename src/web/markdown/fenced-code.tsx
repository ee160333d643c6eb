/** A block of code in a text, with what a browser can make of some languages: a preview, a diagram. */

import { FetchedPart, type Part } from '#web/i18n/fetched-part.tsx';
import { later } from '#web/later-words.ts';
import { CodeBlock } from './code-block.tsx';
import { DiagramCode } from './diagram/diagram-code.tsx';
import { isDiagram } from './diagram/drawing.ts';
import { Extra } from './extra.tsx';
import { type Previewed, previewedAs } from './preview/previews.ts';

const PREVIEW: Part<Previewed> = { fetch: () => import('./preview/preview-button.tsx'), words: [later] };

type FencedCodeProps = { code: string; language: string; growing: boolean };

/** While it grows it is code and nothing else. */
export function FencedCode({ code, language, growing }: FencedCodeProps) {
  if (!growing && isDiagram(language)) return <DiagramCode code={code} language={language} />;
  const previewed = growing ? null : previewedAs(language, code);
  const preview = previewed && (
    <Extra>
      <FetchedPart part={PREVIEW} give={{ code, language: previewed }} />
    </Extra>
  );
  return <CodeBlock code={code} language={language} growing={growing} tools={preview} />;
}
