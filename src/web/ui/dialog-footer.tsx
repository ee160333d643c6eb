import { useTranslations } from 'use-intl';
import { Button } from './button.tsx';

type DialogFooterProps = {
  /** What the dialog's one action is called. */
  action: string;
  /** Does it; without, the footer stands in a form and submits that. */
  onAction?: () => void;
  /** It takes something away. */
  danger?: boolean;
  /** It is under way, and cannot be asked for again. */
  busy?: boolean;
  /** Why it failed, unless a field says so itself. */
  problem?: string | null;
  /** The way out, where `Cancel` could be misread. */
  cancel?: string;
  onCancel: () => void;
};

/** Ends a dialog: what went wrong, the way out, and the action. The parent's gap stands between its lines. */
export function DialogFooter(props: DialogFooterProps) {
  const { action, onAction, danger = false, busy = false, problem, cancel, onCancel } = props;
  const t = useTranslations('common');
  return (
    <>
      {problem && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button look="quiet" onClick={onCancel}>
          {cancel ?? t('cancel')}
        </Button>
        <Button
          look={danger ? 'danger' : 'primary'}
          type={onAction ? 'button' : 'submit'}
          disabled={busy}
          onClick={onAction}
        >
          {action}
        </Button>
      </div>
    </>
  );
}
