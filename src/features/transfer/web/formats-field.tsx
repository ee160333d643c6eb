import { useTranslations } from 'use-intl';
import { Choice } from '#web/ui/choice.tsx';
import { LIST_FORMATS, type ListFormat } from '../rules.ts';

/** What is most often wanted stands first. */
const FORMATS = LIST_FORMATS.toSorted((one) => (one === 'zip' ? -1 : 0));

/** As what many chats go out, with what each is good for. */
export function FormatsField({
  value,
  onChange,
}: {
  value: ListFormat;
  onChange: (format: ListFormat) => void;
}) {
  const t = useTranslations('transfer.out');
  return (
    <>
      <Choice<ListFormat>
        label={t('how')}
        value={value}
        onChange={onChange}
        options={FORMATS.map((format) => ({ value: format, label: t(format) }))}
      />
      <p className="min-h-10 text-note text-pretty text-muted" aria-live="polite">
        {t(`${value}Hint`)}
      </p>
    </>
  );
}
