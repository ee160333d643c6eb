import { Download } from 'lucide-react';
import { basePath } from '#web/base-path.ts';
import { cx } from '#web/ui/classes.ts';

const LOOKS = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong',
  outline: 'border border-hairline bg-surface hover:bg-hover',
} as const;

type DownloadLinkProps = {
  path: string;
  children: string;
  look?: keyof typeof LOOKS;
  onClick?: () => void;
};

/** Looks as a button does, the main one unless told, and is a link: the browser itself looks after what may be a large file. */
export function DownloadLink({ path, children, look = 'primary', onClick }: DownloadLinkProps) {
  return (
    <a
      href={basePath + path}
      download
      onClick={onClick}
      className={cx(
        'inline-flex min-h-9 items-center justify-center gap-1.5 rounded-medium px-3.5 py-1 text-sm font-medium',
        'transition-colors touch:min-h-11',
        LOOKS[look],
      )}
    >
      <Download size={16} aria-hidden />
      {children}
    </a>
  );
}
