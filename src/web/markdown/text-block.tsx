import { useMemo } from 'react';
import { drawTree } from './draw-tree.tsx';
import { Growing } from './drawn-code.tsx';
import { PlainText } from './plain-text.tsx';
import { closeMarks } from './text/close-marks.ts';
import type { OpenHeadings } from './text/headings.ts';
import { Unseen } from './unseen.tsx';
import { useTree } from './use-tree.ts';

type TextBlockProps = {
  text: string;
  /** Definitions from elsewhere that the text refers to. */
  prefix: string;
  /** The headings it stands under. */
  open: OpenHeadings;
  /** More of it is to come. */
  growing: boolean;
  /** In the reply one came for. */
  near: boolean;
  /** The text came in before the reader's eyes: none of it is hidden again. */
  watched: boolean;
};

/** One block of Markdown. Stored text is not seen before it is parsed; text that is too much to parse is shown as it is. */
export function TextBlock({ text, prefix, open, growing, near, watched }: TextBlockProps) {
  const shown = useMemo(() => (growing ? closeMarks(text) : text), [text, growing]);
  const tree = useTree(shown, prefix, growing, near);
  const drawn = useMemo(() => (tree && tree !== 'plain' ? drawTree(tree, open) : null), [tree, open]);
  if (tree === 'plain') return <PlainText text={text} />;
  if (tree === null) return watched ? <PlainText text={shown} /> : <Unseen text={shown} />;
  return <Growing value={growing}>{drawn}</Growing>;
}
