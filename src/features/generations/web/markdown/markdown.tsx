/** A model's Markdown on the page: drawn block by block, so that only the growing last block costs anything. */
import { lazy, memo, Suspense, useMemo } from 'react';
import { ErrorBoundary } from '#web/ui/error-boundary.tsx';
import { splitBlocks } from './split-blocks.ts';

const Block = lazy(() => import('./markdown-block.tsx'));

/** `growing`: more of the text is to come. */
export const Markdown = memo(function Markdown({ text, growing }: { text: string; growing: boolean }) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  const plain = <p className="whitespace-pre-wrap">{text}</p>;
  return (
    <div className="markdown">
      {/* Without its renderer the text is still there to be read; while that is fetched, only new words are. */}
      <ErrorBoundary fallback={() => plain}>
        <Suspense fallback={growing ? plain : <p className="invisible whitespace-pre-wrap">{text}</p>}>
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
