/** The providers' own words: kinds of endpoints, and the ways in which a call fails. No schemas, so that all floors can use them. */

/** How an endpoint is spoken to; one wire dialect each. */
export const PROVIDER_KINDS = ['openai-compatible', 'openai', 'anthropic', 'scripted'] as const;
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** Why a provider could not bring a reply to its end. */
export const FAILURE_CODES = [
  'endpoint_unreachable',
  'endpoint_auth',
  'endpoint_rate_limited',
  'endpoint_error',
  'model_missing',
  'bad_stream',
  'context_too_long',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

export const isFailureCode = (text: string): text is FailureCode =>
  (FAILURE_CODES as readonly string[]).includes(text);

/** What a dialect makes of the parameters: those it drops, because its servers know nothing of the kind, and the end of its temperature's scale. */
export type ParameterHabits = { ignores: string[]; temperatureMax: number };
export const PARAMETER_HABITS: Record<ProviderKind, ParameterHabits> = {
  'openai-compatible': { ignores: [], temperatureMax: 2 },
  openai: { ignores: [], temperatureMax: 2 },
  anthropic: { ignores: ['seed', 'reasoningEffort'], temperatureMax: 1 },
  scripted: { ignores: ['temperature', 'topP', 'seed', 'stop', 'reasoningEffort'], temperatureMax: 2 },
};
