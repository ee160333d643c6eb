import { useRef, useState } from 'react';
import { FetchedPart, type Part } from '#web/i18n/fetched-part.tsx';
import { later } from '#web/later-words.ts';
import { CodeBlock } from '../code-block.tsx';
import { Extra } from '../extra.tsx';
import type { Side } from './diagram-switch.tsx';
import type { Drawing } from './drawing.ts';
import { useDiagram } from './use-diagram.ts';

const SWITCH: Part<{ side: Side; onSwitch: (side: Side) => void }> = {
  fetch: () => import('./diagram-switch.tsx'),
  words: [later],
};
const VIEW: Part<{ drawing: Drawing }> = { fetch: () => import('./diagram-view.tsx'), words: [later] };
const FAILED: Part<object> = { fetch: () => import('./diagram-failed.tsx'), words: [later] };

/** The code of a diagram, which gives way to the diagram once that is drawn. */
export function DiagramCode({ code, language }: { code: string; language: string }) {
  const place = useRef<HTMLElement>(null);
  const [side, setSide] = useState<Side>('diagram');
  const drawn = useDiagram(code, place);
  const drawing = typeof drawn === 'object' ? drawn : null;
  const tools = (
    <Extra>
      {drawing && <FetchedPart part={SWITCH} give={{ side, onSwitch: setSide }} />}
      {drawn === 'failed' && <FetchedPart part={FAILED} give={{}} />}
    </Extra>
  );
  return (
    <CodeBlock code={code} language={language} growing={false} tools={tools} place={place}>
      {drawing && side === 'diagram' ? (
        <Extra>
          <FetchedPart part={VIEW} give={{ drawing }} />
        </Extra>
      ) : null}
    </CodeBlock>
  );
}
