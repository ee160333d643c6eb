import { type ComponentProps, Suspense, useMemo } from 'react';
import { Reply } from '#features/generations/web/index.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { later } from './later-words.ts';
import { useEditing } from './tree/editing.ts';
import type { BranchLine } from './use-branch.ts';
import { UserMessage } from './user-message.tsx';

const EDITOR = { fetch: () => import('./tree/edit-message.tsx'), words: [later] };
const TOOLS = { fetch: () => import('./tree/message-tools.tsx'), words: [later] };
const PAGER = { fetch: () => import('./tree/sibling-pager.tsx'), words: [later] };
const EXCLUDED = { fetch: () => import('./tree/excluded-note.tsx'), words: [later] };

/** One message in its place, with the way to its siblings where it has some; or what rewrites it. */
export function Line({ outgoing, ...reply }: BranchLine & ComponentProps<typeof Reply>) {
  const { message } = reply;
  const editing = useEditing(({ id }) => id === message.id);
  const pager = useMemo(() => pagerOf(message), [message]);
  if (editing)
    return (
      <Suspense>
        <FetchedPart part={EDITOR} give={{ message }} />
      </Suspense>
    );
  return (
    <>
      {message.excluded && (
        <Suspense>
          <FetchedPart part={EXCLUDED} give={{ message }} />
        </Suspense>
      )}
      {message.role === 'user' ? (
        <UserMessage message={message} outgoing={outgoing} pager={pager} Tools={Tools} />
      ) : (
        <Reply {...reply} pager={pager} {...(!outgoing && { Tools })} />
      )}
    </>
  );
}

/** What can be done to a message; its room is kept until it is there. */
function Tools({ message }: { message: BranchLine['message'] }) {
  return (
    <Suspense fallback={<span className="w-14 touch:w-22" />}>
      <FetchedPart part={TOOLS} give={{ message }} />
    </Suspense>
  );
}

function pagerOf(message: BranchLine['message']) {
  const { siblings } = message;
  if (!siblings || siblings.count < 2) return null;
  return (
    <Suspense>
      <FetchedPart part={PAGER} give={{ message, siblings }} />
    </Suspense>
  );
}
