import { createOpenAiCompatible } from './openai-compatible.ts';
import type { Provider, ProviderOptions } from './provider.ts';

export const OPENAI_BASE_URL = 'https://api.openai.com/v1';

/** OpenAI itself. Its reasoning models know `max_completion_tokens` only. */
export const createOpenAi = (options: ProviderOptions): Provider =>
  createOpenAiCompatible(
    { ...options, baseUrl: options.baseUrl ?? OPENAI_BASE_URL },
    { maxTokensField: 'max_completion_tokens', loadsModels: false },
  );
