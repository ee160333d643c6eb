/** The providers that people may sign in through, as the configuration names them. */
import type { SignInProvider } from '#config';
import { type Discovered, rememberDiscovery } from './discover.ts';

export type Provider = SignInProvider & {
  /** What it says of itself, asked once in a while. Refuses as `provider_down` while it cannot be reached. */
  discover(): Promise<Discovered>;
};

/** Finds a provider by its id. */
export type Providers = (id: unknown) => Provider | undefined;

/** Takes in the configuration; nobody is asked for anything yet. */
export function openProviders(configured: readonly SignInProvider[]): Providers {
  const providers = configured.map((one) => ({ ...one, discover: rememberDiscovery(one.issuer) }));
  return (id) => providers.find((one) => one.id === id);
}
