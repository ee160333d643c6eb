/** Who one is here, and what shuts others out of an account. */
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { openWindow } from '#web/ui/windows.ts';

export function Profile() {
  const t = useTranslations('security');
  return <Button onClick={() => openWindow('profile')}>{t('profile')}</Button>;
}

export function Password() {
  const t = useTranslations('security');
  return <Button onClick={() => openWindow('change-password')}>{t('changePassword')}</Button>;
}

export function SecondFactor() {
  const t = useTranslations('security');
  return <Button onClick={() => openWindow('second-factor')}>{t('secondFactor')}</Button>;
}

export function SignIns() {
  const t = useTranslations('security');
  return <Button onClick={() => openWindow('sign-ins')}>{t('signIns')}</Button>;
}

export function SignOutEverywhere() {
  const t = useTranslations('security');
  return <Button onClick={() => openWindow('sign-out-everywhere')}>{t('signOutEverywhere')}</Button>;
}
