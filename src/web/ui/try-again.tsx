import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';

/** The button beside what could not be read. */
export function TryAgain(props: Omit<ComponentProps<typeof Button>, 'children'>) {
  const t = useTranslations('common');
  return <Button {...props}>{t('tryAgain')}</Button>;
}
