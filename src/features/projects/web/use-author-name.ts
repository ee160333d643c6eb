import { useTranslations } from 'use-intl';
import { usePersonName } from '#features/accounts/web/index.ts';
import { ownerId } from '#web/kept/kept.ts';
import { useMembers } from './use-projects.ts';

/** Names who wrote in a project: who is no member any more is not named, and who is not known yet has no name. */
export function useAuthorName(projectId: string | null): (userId: string | null) => string {
  const t = useTranslations('authors');
  const nameOf = usePersonName();
  const { data: members } = useMembers(projectId ?? '', projectId !== null);
  return (userId) => {
    if (userId === ownerId()) return t('you');
    const member = members?.find((one) => one.userId === userId);
    if (member) return nameOf(member.name) || member.email;
    return members || projectId === null ? t('former') : '';
  };
}
