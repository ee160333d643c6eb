import { useTranslations } from 'use-intl';
import { cx } from '#web/ui/classes.ts';

export type Side = 'diagram' | 'code';
type DiagramSwitchProps = { side: Side; onSwitch: (side: Side) => void };

const SIDES = ['diagram', 'code'] as const;

/** Between a diagram and the code it is drawn from. */
export default function DiagramSwitch({ side, onSwitch }: DiagramSwitchProps) {
  const t = useTranslations('diagram');
  return (
    <fieldset className="flex rounded-small bg-track p-0.5">
      <legend className="sr-only">{t('show')}</legend>
      {SIDES.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === side}
          onClick={() => onSwitch(one)}
          className={cx(
            'min-h-6 rounded-small px-2 touch:min-h-11 touch:px-3',
            one === side ? 'bg-chosen font-medium text-on-chosen' : 'hover:text-text',
          )}
        >
          {t(one)}
        </button>
      ))}
    </fieldset>
  );
}
