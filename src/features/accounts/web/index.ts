/** What other features and the page may use of who is here. */
export { AccountMenu } from './account-menu.tsx';
export { ApiKeysPage } from './api-keys-page.tsx';
export { GuestNote } from './guest-note.tsx';
export { PasswordField } from './password-field.tsx';
export { askWho, forgetMe, useMe } from './use-me.ts';
export { usePersonName } from './use-person-name.ts';
