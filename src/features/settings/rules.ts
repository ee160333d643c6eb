/** Words about layered settings that the page uses as well, so they need no schemas. */

/** Who may say something about how a reply is made, the most specific first: the first that says something wins. */
export const LAYERS = ['message', 'chat', 'agent', 'project', 'personal', 'instance'] as const;
export type Layer = (typeof LAYERS)[number];

/** Where a value comes from: a layer; `model`: the model that answered last in the chat, or what is known of it; else what holds anywhere. */
export const ORIGINS = [...LAYERS, 'model', 'default'] as const;
export type Origin = (typeof ORIGINS)[number];

/** How hard a model that reasons is to try, from least to most. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'] as const;

/** Every parameter, in the order in which people are shown them. */
export const PARAMETER_NAMES = [
  'temperature',
  'maxTokens',
  'topP',
  'seed',
  'stop',
  'reasoningEffort',
] as const;
export type ParameterName = (typeof PARAMETER_NAMES)[number];

/** What a number among them may be. Many models take less: `temperatureMax` of a model is the end of its own scale. */
export const BOUNDS = {
  temperature: { min: 0, max: 2, whole: false },
  maxTokens: { min: 1, max: 1_000_000, whole: true },
  topP: { min: 0, max: 1, whole: false },
  seed: { min: -2_147_483_648, max: 2_147_483_647, whole: true },
} as const;
export type NumberName = keyof typeof BOUNDS;

/** How many texts may end a reply, and the longest of them, in characters. */
export const STOPS_MAX = 8;
export const STOP_MAX = 200;
