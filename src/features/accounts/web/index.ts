/** What other features and the page may use of who is here. */
export { AccountMenu } from './account-menu.tsx';
export { ApiKeysPage } from './api-keys-page.tsx';
export { GuestStay } from './guests/stay.tsx';
export type { guestWords } from './guests/words.ts';
export type { providerWords } from './identity-providers/words.ts';
export { chooseLanguage } from './own-language.ts';
export { PasswordField } from './password-field.tsx';
export { useSecondFactor } from './second-factor/use-second-factor.ts';
export type { secondFactorWords } from './second-factor/words.ts';
export { askWho, findMe, forgetMe, useMe } from './use-me.ts';
export { usePersonName } from './use-person-name.ts';
