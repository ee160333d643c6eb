/** What server, web and CLI share about endpoints (where models are served) and models. */
import { z } from 'zod';
import { cleanText, Id, SentenceRef } from '#fields';
import { FAILURE_CODES, PROVIDER_KINDS } from '#providers/words.ts';

export const EndpointKind = z.enum(PROVIDER_KINDS);
export type EndpointKind = z.infer<typeof EndpointKind>;

/** All four in milliseconds. */
export const Timeouts = z.object({
  queueMs: z.int().min(1).max(86_400_000),
  firstTokenMs: z.int().min(1).max(86_400_000),
  idleMs: z.int().min(1).max(86_400_000),
  totalMs: z.int().min(1).max(86_400_000),
});
export type Timeouts = z.infer<typeof Timeouts>;
/** Generous, because a local server may load a model for minutes before its first token. */
export const DEFAULT_TIMEOUTS: Timeouts = {
  queueMs: 3_600_000,
  firstTokenMs: 300_000,
  idleMs: 120_000,
  totalMs: 1_800_000,
};

export const Health = z.object({
  status: z.enum(['unknown', 'up', 'loading', 'down']),
  /** When `status` last changed. */
  since: z.iso.datetime().nullable(),
  /** A sentence for people, in English; empty while all is well. */
  detail: z.string(),
  /** That sentence's name and what it says; missing while all is well. */
  ...SentenceRef.partial().shape,
});
export type Health = z.infer<typeof Health>;

/** How a model server failed last, for admins. */
export const LastError = SentenceRef.extend({
  at: z.iso.datetime(),
  /** The model that was asked; null when the list of models was. */
  model: z.string().nullable(),
  code: z.enum(FAILURE_CODES),
  detail: z.string(),
  /** What the server said itself, short and without the key; null when it said nothing. */
  said: z.string().nullable(),
});
export type LastError = z.infer<typeof LastError>;

const EndpointName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'field_slug');

/** Who made it: an admin, a key in the environment, the first start that found a server on this machine, or Parley itself. */
export const EndpointSource = z.enum(['admin', 'environment', 'discovered', 'built-in']);
export type EndpointSource = z.infer<typeof EndpointSource>;

/** An endpoint as admins see it; its key never comes out, only whether there is one. */
export const Endpoint = z.object({
  id: Id,
  name: EndpointName,
  kind: EndpointKind,
  baseUrl: z.string().nullable(),
  hasApiKey: z.boolean(),
  slots: z.int(),
  maxQueued: z.int(),
  enabled: z.boolean(),
  /** Accepts, but starts nothing. */
  paused: z.boolean(),
  /** Accepts nothing new, but finishes what waits. */
  draining: z.boolean(),
  health: Health,
  lastError: LastError.nullable(),
  timeouts: Timeouts,
  /** By the model's name, how many tokens it can read, as an admin says: for those whose server does not. */
  windows: z.record(z.string(), z.int()),
  source: EndpointSource,
  createdAt: z.iso.datetime(),
});
export type Endpoint = z.infer<typeof Endpoint>;

const BaseUrl = z.url({ protocol: /^https?$/ }).max(2000);
const writable = {
  name: EndpointName,
  kind: EndpointKind,
  baseUrl: BaseUrl,
  /** Travels in a header; white space around a pasted key is dropped. */
  apiKey: z
    .string()
    .trim()
    .max(10_000)
    .regex(/^[\x20-\x7e]*$/, 'field_ascii'),
  slots: z.int().min(1).max(10_000),
  maxQueued: z.int().min(0).max(1_000_000),
  enabled: z.boolean(),
  timeouts: Timeouts.partial(),
};
export const NewEndpoint = z.object(writable).partial().required({ name: true, kind: true });
export type NewEndpoint = z.infer<typeof NewEndpoint>;
/** What is named changes; null takes it back. */
const WindowsPatch = z
  .record(cleanText(300).min(1), z.int().min(1).max(100_000_000).nullable())
  .refine((windows) => Object.keys(windows).length <= 2_000, 'field_too_many');
/** The kind of an endpoint is fixed; an empty `apiKey` removes the key. */
export const EndpointPatch = z
  .object({ ...writable, paused: z.boolean(), windows: WindowsPatch })
  .omit({ kind: true })
  .partial();
export type EndpointPatch = z.infer<typeof EndpointPatch>;

/** The answer to an admin's trial of an endpoint: its models, or why they could not be read. */
export const EndpointTest = z.object({
  ok: z.boolean(),
  models: z.array(z.string()).optional(),
  error: SentenceRef.extend({
    code: z.string(),
    detail: z.string(),
    /** What the server said itself. */
    said: z.string().optional(),
  }).optional(),
  latencyMs: z.int(),
});
export type EndpointTest = z.infer<typeof EndpointTest>;

/** An endpoint to be tried out before it is saved. `endpointId`: one that is there, whose kind and, at its own server, key are used. */
export const EndpointTrial = z.object({
  kind: EndpointKind,
  baseUrl: writable.baseUrl.optional(),
  apiKey: writable.apiKey.optional(),
  endpointId: Id.optional(),
});
export type EndpointTrial = z.infer<typeof EndpointTrial>;
/** `baseUrl`: where the models were found; the given one when they were found nowhere. */
export const TrialResult = EndpointTest.extend({ baseUrl: z.string().nullable() });
export type TrialResult = z.infer<typeof TrialResult>;

/** A model as everybody signed in sees it; `id` is `<endpoint name>/<model name>`. */
export const Model = z.object({
  id: z.string(),
  name: z.string(),
  endpoint: z.string(),
  health: Health,
  contextWindow: z.int().nullable(),
  isDefault: z.boolean(),
  /** It is built in, and its answers are made up. */
  scripted: z.boolean(),
  /** Parameters that its server knows nothing of: they may be set, and change nothing. */
  ignores: z.array(z.string()),
  /** The end of its temperature's scale. */
  temperatureMax: z.number(),
});
export type Model = z.infer<typeof Model>;

/** The model an admin has made the default; null: Parley chooses. */
export const DefaultModel = z.object({ modelId: cleanText(400).nullable() });
export type DefaultModel = z.infer<typeof DefaultModel>;
