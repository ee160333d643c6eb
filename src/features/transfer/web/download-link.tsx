import { Download } from 'lucide-react';
import { basePath } from '#web/base-path.ts';
import { cx } from '#web/ui/classes.ts';

type DownloadLinkProps = { path: string; children: string; onClick?: () => void };

/** Looks as the main button does, and is a link: the browser itself looks after what may be a large file. */
export function DownloadLink({ path, children, onClick }: DownloadLinkProps) {
  return (
    <a
      href={basePath + path}
      download
      onClick={onClick}
      className={cx(
        'inline-flex min-h-9 items-center justify-center gap-1.5 rounded-medium bg-accent px-3.5 py-1 text-sm font-medium text-on-accent',
        'transition-colors hover:bg-accent-strong touch:min-h-11',
      )}
    >
      <Download size={16} aria-hidden />
      {children}
    </a>
  );
}
