/** Who sees a chat of a project; who may, says who is to. */
import { Check, ChevronDown, Lock, Users } from 'lucide-react';
import { useTranslations } from 'use-intl';
import type { Visibility } from '#features/projects/projects.ts';
import { useProject } from '#features/projects/web/index.ts';
import { Menu } from '#web/ui/menu.tsx';

type ChatAudienceProps = {
  projectId: string;
  /** Missing: as its project says for new ones. */
  visibility: Visibility | undefined;
  /** Changes it; null: not for whoever is here to say. */
  onChange: ((visibility: Visibility) => void) | null;
};

export default function ChatAudience({ projectId, visibility, onChange }: ChatAudienceProps) {
  const t = useTranslations('room');
  const { data: project } = useProject(projectId);
  if (!project) return null;
  const seen = visibility ?? project.defaultVisibility;
  const words = seen === 'shared' ? t('sharedWith', { count: project.memberCount - 1 }) : t('onlyYou');
  const Icon = seen === 'shared' ? Users : Lock;
  const inside = (
    <>
      <Icon size={14} className="shrink-0" aria-hidden />
      <span className="truncate max-lg:sr-only">{words}</span>
    </>
  );
  const look =
    'flex h-8 min-w-0 shrink-0 items-center gap-1.5 rounded-medium px-2 text-xs whitespace-nowrap text-muted';
  if (!onChange)
    return (
      <span className={look} title={words}>
        {inside}
      </span>
    );
  const entry = (value: Visibility, label: string, icon: typeof Users) => {
    const Mark = value === seen ? Check : icon;
    return { icon: <Mark size={16} />, label, run: () => value !== seen && onChange(value) };
  };
  return (
    <Menu
      entries={[entry('shared', t('toShared'), Users), entry('private', t('toPrivate'), Lock)]}
      trigger={
        <button
          type="button"
          title={words}
          className={`${look} transition-colors outline-offset-0 hover:bg-hover hover:text-text data-[state=open]:bg-hover touch:h-11`}
        >
          {inside}
          <ChevronDown size={14} className="shrink-0 max-lg:hidden" aria-hidden />
        </button>
      }
    />
  );
}
