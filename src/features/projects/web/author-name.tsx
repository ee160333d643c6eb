import { useAuthorName } from './use-author-name.ts';

/** Who wrote something in a project. */
export function AuthorName({ projectId, userId }: { projectId: string; userId: string | null }) {
  return <>{useAuthorName(projectId)(userId)}</>;
}
