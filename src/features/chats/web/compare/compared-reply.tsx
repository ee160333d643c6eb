/** A reply that was made in a comparison: among the others while they are compared, else by itself with a way back to them. */
import type { ComponentProps } from 'react';
import { Reply } from '#features/generations/web/index.ts';
import { ComparisonNote } from './comparison-note.tsx';
import { SideBySide } from './side-by-side.tsx';
import type { ComparedReply as Compared } from './use-compared.ts';
import { useViews } from './views.ts';

/** Nothing was said of them, and nothing was said after them: then they are being compared. */
export default function ComparedReply(props: ComponentProps<typeof Reply>) {
  const { last, reads = false } = props;
  const message = props.message as Compared;
  const turned = useViews((views) => views[message.parentId!]);
  const usual = last && message.compared.preference === null ? 'beside' : 'alone';
  if ((turned ?? usual) === 'beside') return <SideBySide {...props} message={message} reads={reads} />;
  return (
    <>
      <Reply {...props} />
      <ComparisonNote message={message} reads={reads} />
    </>
  );
}
