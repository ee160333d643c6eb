import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Choice } from '#web/ui/choice.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { TextField } from '#web/ui/field.tsx';
import { LinkTermFields, termsIn } from '#web/ui/link-term-fields.tsx';
import { SecretDialog } from '#web/ui/secret-dialog.tsx';
import type { MadeAccountInvite } from '../invites.ts';
import { createInvite } from './use-invites.ts';

/** Invites somebody to make an account, and shows the link this once. */
export function InviteDialog({ mails, onClose }: { mails: boolean; onClose: () => void }) {
  const t = useTranslations('accountInvites');
  const users = useTranslations('users');
  const words = useErrorWords();
  const [made, setMade] = useState<MadeAccountInvite | null>(null);
  const [role, setRole] = useState<'member' | 'admin'>('member');
  const [email, setEmail] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { expiresAt, maxUses } = termsIn(event.currentTarget);
    setBusy(true);
    setProblem(null);
    try {
      setMade(
        await createInvite({
          role,
          expiresAt,
          ...(email.trim() ? { email: email.trim() } : { maxUses }),
        }),
      );
    } catch (error) {
      setProblem(words(error));
      setBusy(false);
    }
  };
  if (made)
    return (
      <SecretDialog
        title={t('madeTitle')}
        text={made.mailed ? t('mailedText', { email: made.email ?? '' }) : t('madeText')}
        value={made.url}
        copyLabel={t('copyLink')}
        doneLabel={t('done')}
        onClose={onClose}
      />
    );
  return (
    <Dialog title={t('newTitle')} description={t('newText')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('email')}
          hint={t(mails ? 'emailHintMailed' : 'emailHint')}
          type="email"
          autoComplete="off"
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <Choice<'admin' | 'member'>
          label={users('role')}
          value={role}
          onChange={setRole}
          options={[
            { value: 'member', label: users('roleOf.member') },
            { value: 'admin', label: users('roleOf.admin') },
          ]}
        />
        <LinkTermFields
          validFor={{ label: t('validFor'), of: (span) => t(`valid.${span}`) }}
          uses={{ label: t('uses'), of: (uses) => t(`usesOf.${uses}`) }}
          most="one"
          addressed={email.trim() !== ''}
        />
        <DialogFooter action={t('create')} busy={busy} problem={problem} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
