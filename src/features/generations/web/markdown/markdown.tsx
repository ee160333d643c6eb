/** A model's Markdown on the page: drawn block by block, so that only the growing last block costs anything. */
import { lazy, memo, Suspense, useMemo } from 'react';
import { splitBlocks } from './split-blocks.ts';

const Block = lazy(() => import('./markdown-block.tsx'));

/** `growing`: more of the text is to come. */
export const Markdown = memo(function Markdown({ text, growing }: { text: string; growing: boolean }) {
  const blocks = useMemo(() => splitBlocks(text), [text]);
  return (
    <div className="markdown">
      {blocks.map((block, index) => (
        // Blocks are only ever added at the end, so that their place is their identity.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Suspense key={index} fallback={<p className="whitespace-pre-wrap">{block}</p>}>
          <Block text={block} growing={growing && index === blocks.length - 1} />
        </Suspense>
      ))}
    </div>
  );
});

/** Fetches the renderer before it is needed. */
export const preloadMarkdown = (): void => void import('./markdown-block.tsx');
