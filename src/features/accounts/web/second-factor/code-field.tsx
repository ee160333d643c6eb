import type { ComponentProps } from 'react';
import { TextField } from '#web/ui/field.tsx';

type CodeFieldProps = Omit<ComponentProps<typeof TextField>, 'name'> & { kind: 'totp' | 'recovery' };

/** A code of an authenticator, which phones and password managers can fill in, or a recovery code. */
export function CodeField({ kind, ...rest }: CodeFieldProps) {
  return (
    <TextField
      {...rest}
      name="code"
      autoComplete={kind === 'totp' ? 'one-time-code' : 'off'}
      inputMode={kind === 'totp' ? 'numeric' : 'text'}
      autoCapitalize="none"
      spellCheck={false}
      maxLength={kind === 'totp' ? 10 : 40}
      className="font-mono tracking-widest"
      autoFocus
      required
    />
  );
}
