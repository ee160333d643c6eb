/** A model's Markdown on the page: drawn block by block, so that only the growing last block costs anything. */
import { lazy, memo, Suspense, useMemo, useState } from 'react';
import { ErrorBoundary } from '#web/ui/error-boundary.tsx';
import { splitBlocks } from './split-blocks.ts';

const Block = lazy(() => import('./markdown-block.tsx'));

/** `growing`: more of the text is to come. */
export const Markdown = memo(function Markdown({ text, growing }: { text: string; growing: boolean }) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  // Text that came in before our eyes is shown as it is until its renderer is there; stored text waits for it.
  const [watched] = useState(growing);
  const plain = <p className="whitespace-pre-wrap">{text}</p>;
  return (
    <div className={growing ? 'markdown growing' : 'markdown'}>
      <ErrorBoundary fallback={() => plain}>
        <Suspense fallback={watched ? plain : <p className="invisible whitespace-pre-wrap">{text}</p>}>
          {blocks.map((block, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end
            <Block key={index} text={block} growing={growing && index === blocks.length - 1} />
          ))}
        </Suspense>
      </ErrorBoundary>
    </div>
  );
});

/** Fetches the renderer before it is needed. */
export const preloadMarkdown = (): void => void import('./markdown-block.tsx').catch(() => {});
