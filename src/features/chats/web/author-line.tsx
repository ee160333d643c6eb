import { Initials, useAuthorName } from '#features/projects/web/index.ts';

type AuthorLineProps = {
  /** Null: the chat is in no project any more, and nobody in it can be named. */
  projectId: string | null;
  authorId: string | null;
};

/** Who said something, over their words, where it was not whoever is here. */
export default function AuthorLine({ projectId, authorId }: AuthorLineProps) {
  const name = useAuthorName(projectId)(authorId);
  return (
    <h2 className="flex h-7 items-center gap-2 text-note font-medium">
      <Initials name={name} className="size-6!" />
      <span className="max-w-60 truncate">{name}</span>
    </h2>
  );
}
