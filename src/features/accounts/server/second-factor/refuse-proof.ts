import { refused } from '../auth-answers.ts';
import { say } from '../say.ts';
import type { Proof, Verdict } from './second-factor.ts';

/** A code that opens nothing, by better-auth's codes. */
export function reftakeProof(kind: Proof['kind'], verdict: Exclude<Verdict, 'right'>): Response {
  if (kind === 'recovery') return refused(401, 'INVALID_BACKUP_CODE', say('recovery_code_wrong'));
  return refused(401, 'INVALID_CODE', say(verdict === 'used' ? 'second_factor_used' : 'second_factor_wrong'));
}
