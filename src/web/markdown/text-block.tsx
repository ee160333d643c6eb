import { useMemo } from 'react';
import { cx } from '#web/ui/classes.ts';
import { drawTree } from './draw-tree.tsx';
import { Growing } from './drawn-code.tsx';
import { closeMarks } from './text/close-marks.ts';
import { useTree } from './use-tree.ts';

type TextBlockProps = {
  text: string;
  /** Definitions from elsewhere that the text refers to. */
  prefix: string;
  /** More of it is to come. */
  growing: boolean;
  /** In the reply one came for. */
  near: boolean;
};

/** One block of Markdown. Stored text is not seen before it is parsed; text that is too much to parse is shown as it is. */
export function TextBlock({ text, prefix, growing, near }: TextBlockProps) {
  const shown = useMemo(() => (growing ? closeMarks(text) : text), [text, growing]);
  const tree = useTree(shown, prefix, growing, near);
  const drawn = useMemo(() => (tree && tree !== 'plain' ? drawTree(tree) : null), [tree]);
  if (tree === 'plain')
    return (
      <pre className="plain" dir="auto">
        {text}
      </pre>
    );
  if (tree === null)
    return (
      <p dir="auto" className={cx('whitespace-pre-wrap', !growing && 'invisible')}>
        {shown}
      </p>
    );
  return <Growing value={growing}>{drawn}</Growing>;
}
