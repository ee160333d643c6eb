/** A text of Markdown, drawn block by block, so that only the growing last block costs anything. */
import { memo, useMemo, useRef } from 'react';
import { FencedCode } from './fenced-code.tsx';
import { WithFootnotes } from './footnotes.tsx';
import { PlainText } from './plain-text.tsx';
import { type OpenHeadings, openHeadings } from './text/headings.ts';
import { type Block, type Outline, outline } from './text/outline.ts';
import { referencesOf } from './text/references.ts';
import { TextBlock } from './text-block.tsx';
import { useSlices } from './use-slices.ts';
import { workshop } from './worker/page-workshop.ts';

export type MarkdownTextProps = {
  text: string;
  growing: boolean;
  near: boolean;
  /** It came in before the reader's eyes, all of it perhaps while this was being fetched: none of it is hidden again. */
  watched: boolean;
};

export default function MarkdownText({ text, growing, near, watched }: MarkdownTextProps) {
  const before = useRef<Outline>(undefined);
  const { blocks, tail } = useMemo(() => {
    before.current = outline(text, before.current);
    return before.current;
  }, [text]);
  const from = useSlices(blocks.length);
  const references = useMemo(() => referencesOf(blocks, growing), [blocks, growing]);
  const open = useMemo(() => openHeadings(blocks), [blocks]);
  return (
    <WithFootnotes references={references}>
      {blocks.map((block, index) =>
        index < from ? null : (
          <OneBlock
            // biome-ignore lint/suspicious/noArrayIndexKey: blocks are only ever added at the end
            key={index}
            block={block}
            prefix={references.prefixOf(block)}
            open={open[index]!}
            growing={growing && index === blocks.length - 1}
            near={near}
            watched={watched}
          />
        ),
      )}
      {tail && <PlainText text={tail} />}
    </WithFootnotes>
  );
}

type OneBlockProps = {
  block: Block;
  prefix: string;
  open: OpenHeadings;
  growing: boolean;
  near: boolean;
  watched: boolean;
};

/** A block that is settled stays the same object, and is not drawn again. */
const OneBlock = memo(function OneBlock({ block, ...rest }: OneBlockProps) {
  const { fence, footnote, text } = block;
  if (fence) return <FencedCode {...fence} growing={rest.growing && !fence.closed} />;
  if (footnote) return null;
  return <TextBlock text={text} {...rest} />;
});

/** Starts the worker before it is needed. */
export const warmUp = (): void => workshop.start();
