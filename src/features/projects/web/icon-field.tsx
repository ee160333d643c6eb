import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';
import { ICON_NAMES, ICONS, isIconName } from './project-icon.tsx';

/** A choice among the marks a project may have; arrow keys move, as in any group of radio buttons. */
export function IconField({ icon, onChange }: { icon: string; onChange: (icon: string) => void }) {
  const t = useTranslations('projects');
  const chosen = isIconName(icon) ? icon : 'folder';
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">{t('icon')}</legend>
      <div className="flex flex-wrap gap-1">
        {ICON_NAMES.map((name) => {
          const Icon = ICONS[name];
          return (
            <label
              key={name}
              title={t(`icons.${name}`)}
              className={cx(
                'grid size-9 cursor-pointer place-items-center rounded-medium border transition-colors touch:size-11',
                'has-focus-visible:outline-2 has-focus-visible:outline-accent',
                name === chosen
                  ? 'border-accent bg-accent-soft text-accent'
                  : 'border-transparent text-muted hover:bg-hover hover:text-text',
              )}
            >
              <input
                type="radio"
                name="icon"
                value={name}
                aria-label={t(`icons.${name}`)}
                checked={name === chosen}
                onChange={() => onChange(name)}
                className="sr-only"
              />
              <Icon size={18} aria-hidden />
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
