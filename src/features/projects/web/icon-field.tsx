import { useTranslations } from 'use-intl';
import { IconChoice } from '#web/ui/icon-choice.tsx';
import { ICON_NAMES, ICONS, isIconName } from './project-icon.tsx';

/** A choice among the marks a project may have. */
export function IconField({ icon, onChange }: { icon: string; onChange: (icon: string) => void }) {
  const t = useTranslations('projects');
  return (
    <IconChoice
      label={t('icon')}
      icons={ICON_NAMES.map((name) => ({ name, label: t(`icons.${name}`), Icon: ICONS[name] }))}
      value={isIconName(icon) ? icon : 'folder'}
      onChange={onChange}
    />
  );
}
