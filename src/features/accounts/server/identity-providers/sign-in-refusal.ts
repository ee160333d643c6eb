/** Why a sign-in through a provider went no further. */
import { PROVIDER_REFUSALS, type ProviderRefusal } from '../../rules.ts';

/** Thrown on the way; `reason` is told to people, the message is for the log and holds no secret. */
export class SignInRefusal extends Error {
  readonly reason: ProviderRefusal;

  constructor(reason: ProviderRefusal, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** One that the page has words for, of whatever refused to make an account. */
export const toProviderRefusal = (reason: string): ProviderRefusal =>
  PROVIDER_REFUSALS.find((known) => known === reason) ?? 'provider_refused';
