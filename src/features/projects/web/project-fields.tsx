/** The fields in which a project is named and described, where it is made and where it is changed. */
import { useTranslations } from 'use-intl';
import { TextArea, TextField } from '#web/ui/field.tsx';
import { DESCRIPTION_MAX, NAME_MAX } from '../rules.ts';

export function NameField({ value = '' }: { value?: string }) {
  const t = useTranslations('projects');
  return (
    <TextField
      name="name"
      label={t('name')}
      dir="auto"
      defaultValue={value}
      required
      pattern=".*\S.*"
      maxLength={NAME_MAX}
      autoComplete="off"
    />
  );
}

export function DescriptionField({ value = '' }: { value?: string }) {
  const t = useTranslations('projects');
  return (
    <TextArea
      name="description"
      label={t('description')}
      hint={t('descriptionHint')}
      dir="auto"
      defaultValue={value}
      rows={3}
      maxLength={DESCRIPTION_MAX}
    />
  );
}
