import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Choice } from '#web/ui/choice.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { AdminUser, Limits } from '../accounts.ts';
import {
  changedLimits,
  LimitFields,
  type LimitName,
  type LimitProblem,
  toTexts,
  wordsBesideNoLimit,
} from './limit-fields.tsx';
import { changeUser } from './use-users.ts';

type UserDialogProps = {
  user: AdminUser;
  name: string;
  defaults: Limits | undefined;
  onClose: () => void;
};

/** Role and limits of one user. */
export function UserDialog({ user, name, defaults, onClose }: UserDialogProps) {
  const t = useTranslations('users');
  const problemWords = useErrorWords();
  const [role, setRole] = useState(user.role);
  const [texts, setTexts] = useState(() => toTexts<LimitName>(user));
  const [problem, setProblem] = useState<LimitProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      await changeUser(user.id, {
        ...changedLimits<LimitName>(user, texts),
        ...(role !== user.role && role !== 'guest' && { role }),
      });
      toast(t('saved'));
      onClose();
    } catch (error) {
      const field = error instanceof ApiError ? error.field : undefined;
      setProblem({ field, words: problemWords(error) });
      setBusy(false);
    }
  };
  return (
    <Dialog title={name} description={user.email || t('guestRole')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-5">
        {user.role !== 'guest' && (
          <Choice<'admin' | 'member'>
            label={t('role')}
            value={role === 'admin' ? 'admin' : 'member'}
            onChange={setRole}
            options={[
              { value: 'member', label: t('roleOf.member') },
              { value: 'admin', label: t('roleOf.admin') },
            ]}
          />
        )}
        <fieldset>
          <legend className="text-sm font-medium">{t('ownLimits')}</legend>
          <p className="mt-0.5 mb-3 text-note text-muted">{t('ownLimitsHint')}</p>
          <LimitFields texts={texts} onChange={setTexts} defaults={defaults} problem={problem} />
        </fieldset>
        <DialogFooter
          action={t('save')}
          busy={busy}
          problem={wordsBesideNoLimit(problem)}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}
