import { type ComponentProps, Suspense, useMemo } from 'react';
import { Reply } from '#features/generations/web/index.ts';
import { projectWords } from '#features/projects/web/index.ts';
import { FetchedPart, LaterPart } from '#web/i18n/fetched-part.tsx';
import { ownerId } from '#web/kept/kept.ts';
import { Answering } from './answering/part.tsx';
import { later } from './later-words.ts';
import { useEditing } from './tree/editing.ts';
import type { BranchLine } from './use-branch.ts';
import { UserMessage } from './user-message.tsx';

const EDITOR = { fetch: () => import('./tree/edit-message.tsx'), words: [later] };
const TOOLS = { fetch: () => import('./tree/message-tools.tsx'), words: [later] };
const PAGER = { fetch: () => import('./tree/sibling-pager.tsx'), words: [later] };
const UNANSWERED = { fetch: () => import('./tree/unanswered.tsx'), words: [later] };
const EXCLUDED = { fetch: () => import('./tree/excluded-note.tsx'), words: [later] };
const COMPARED = { fetch: () => import('./compare/compared-reply.tsx'), words: [later] };
const AUTHOR = { fetch: () => import('./author-line.tsx'), words: [projectWords] };

type Message = BranchLine['message'];
type LineProps = BranchLine &
  ComponentProps<typeof Reply> & {
    /** Where those who write here are found by name. */
    projectId: string | null;
    /** Whoever is here may change nothing. */
    reads: boolean;
  };

/** One message in its place, with the way to its siblings where it has some; or what rewrites it. */
export function Line({ outgoing, projectId, ...reply }: LineProps) {
  const { message, reads } = reply;
  const { authorId, agentId } = message;
  const editing = useEditing(({ id }) => id === message.id);
  const pager = useMemo(() => pagerOf(message, reads), [message, reads]);
  const agent = useMemo(() => agentId && <Answering show="name" agentId={agentId} />, [agentId]);
  const own = outgoing !== null || authorId === ownerId();
  const author = useMemo(
    () =>
      own ? null : (
        <Suspense fallback={<span className="h-7" />}>
          <FetchedPart part={AUTHOR} give={{ projectId, authorId }} />
        </Suspense>
      ),
    [own, projectId, authorId],
  );
  const OwnTools = reads ? ReadersTools : WritersTools;
  const drawn = { ...reply, agent, pager, ...(!outgoing && { Tools: OwnTools }) };
  if (editing) return <LaterPart part={EDITOR} give={{ message }} />;
  return (
    <>
      {message.excluded && <LaterPart part={EXCLUDED} give={{ message, reads }} />}
      {message.role === 'user' ? (
        <>
          <UserMessage message={message} outgoing={outgoing} author={author} pager={pager} Tools={OwnTools} />
          {reply.last && !outgoing && !reads && <LaterPart part={UNANSWERED} give={{ message }} />}
        </>
      ) : message.compared ? (
        // What is not seen yet is waited for before a chat is shown.
        <Suspense fallback={<div className="invisible h-40" />}>
          <FetchedPart part={COMPARED} give={drawn} />
        </Suspense>
      ) : (
        <Reply {...drawn} />
      )}
    </>
  );
}

type ToolsProps = { message: Message; reads: boolean; again?: boolean };

/** What can be done to a message; its room is kept until it is there. */
const Tools = (props: ToolsProps) => (
  <Suspense fallback={<span className="w-14 touch:w-22" />}>
    <FetchedPart part={TOOLS} give={props} />
  </Suspense>
);
const ReadersTools = ({ message }: { message: Message }) => <Tools message={message} reads />;
const WritersTools = (props: { message: Message; again?: boolean }) => <Tools {...props} reads={false} />;

function pagerOf(message: Message, reads: boolean) {
  const { siblings } = message;
  if (!siblings || siblings.count < 2) return null;
  return <LaterPart part={PAGER} give={{ message, siblings, reads }} />;
}
