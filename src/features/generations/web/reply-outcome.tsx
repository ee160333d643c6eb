import type { ComponentProps, ReactElement } from 'react';
import type { OddEnd } from './odd-end.ts';
import { OddReplyEnd } from './odd-reply-end.tsx';
import { ReplyEnd } from './reply-end.tsx';

type OutcomeProps = Omit<ComponentProps<typeof ReplyEnd>, 'actions'> & {
  odd: OddEnd | null;
  actions:
    | (ComponentProps<typeof ReplyEnd>['actions'] & ComponentProps<typeof OddReplyEnd>['actions'])
    | null;
};

/** How a reply ended that did not simply end well; fetched with the first one of them. */
export default function ReplyOutcome({ odd, actions, ...end }: OutcomeProps): ReactElement | null {
  if (odd) return <OddReplyEnd odd={odd} hasText={end.hasText} model={end.view.model} actions={actions} />;
  return <ReplyEnd {...end} actions={actions} />;
}
