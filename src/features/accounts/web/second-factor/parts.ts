import type { Part } from '#web/i18n/fetched-part.tsx';
import { secondFactorWords } from './words.ts';

/** The second step of a sign-in. `onOver`: the password is to be given again. */
export const CODE_STEP: Part<{ onOver: () => void }> = {
  fetch: () => import('./code-step.tsx'),
  words: [secondFactorWords],
};
