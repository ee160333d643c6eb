import { Check, Copy } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTranslations } from 'use-intl';
import { IconButton } from './button.tsx';
import { useCopy } from './use-copy.ts';

type CopyButtonProps = Omit<ComponentProps<typeof IconButton>, 'label' | 'children'> & {
  text: string;
  /** What is copied, where that is not plain. */
  label?: string;
  size?: number;
};

/** A button that copies a text, and shows for a moment that it did. */
export function CopyButton({ text, label, size = 15, ...rest }: CopyButtonProps) {
  const t = useTranslations('common');
  const { copied, copy } = useCopy();
  return (
    <IconButton
      small
      label={copied ? t('copied') : (label ?? t('copy'))}
      onClick={() => copy(text)}
      {...rest}
    >
      {copied ? <Check size={size} /> : <Copy size={size} />}
    </IconButton>
  );
}
