import { createAnthropic } from './anthropic.ts';
import { guardProvider } from './guard-provider.ts';
import { createOpenAi } from './openai.ts';
import { createOpenAiCompatible } from './openai-compatible.ts';
import type { Provider, ProviderOptions } from './provider.ts';
import { createScripted } from './scripted/scripted.ts';
import type { ProviderKind } from './words.ts';

const KINDS: Record<ProviderKind, (options: ProviderOptions) => Provider> = {
  'openai-compatible': (options) => createOpenAiCompatible(options),
  openai: createOpenAi,
  anthropic: createAnthropic,
  scripted: createScripted,
};

/** The provider of a kind of endpoint, with the contract kept for it. Throws for a base URL that is missing or none. */
export const createProvider = (kind: ProviderKind, options: ProviderOptions): Provider =>
  guardProvider(KINDS[kind](options), options.apiKey);
