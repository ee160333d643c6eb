import { Eye } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '#web/ui/button.tsx';
import { openPreview, type Previewed } from './previews.ts';

/** Opens what the code looks like. */
export default function PreviewButton(previewed: Previewed) {
  const t = useTranslations('preview');
  return (
    <Button small look="quiet" className="min-h-7 px-2" onClick={() => openPreview(previewed)}>
      <Eye size={15} aria-hidden />
      {t('open')}
    </Button>
  );
}
