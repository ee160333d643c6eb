/** An endpoint as the fields of its form: all of them text, times in seconds. */
import type { Endpoint, EndpointKind, EndpointPatch, EndpointTrial, NewEndpoint } from '../endpoints.ts';
import { PRESETS } from './endpoint-presets.ts';

const LIMITS = ['queueMs', 'firstTokenMs', 'idleMs', 'totalMs'] as const;

export type EndpointFields = { name: string; kind: EndpointKind; baseUrl: string; apiKey: string } & Record<
  'slots' | 'maxQueued' | (typeof LIMITS)[number],
  string
>;

/** The fields of an endpoint, or of one to be added. */
export function fieldsOf(endpoint: Endpoint | null): EndpointFields {
  const preset = PRESETS[0]!;
  const seconds = (ms: number | undefined, fallback: number) => String((ms ?? fallback) / 1000);
  return {
    name: endpoint?.name ?? preset.name,
    kind: endpoint?.kind ?? preset.kind,
    baseUrl: endpoint ? (endpoint.baseUrl ?? '') : preset.baseUrl,
    apiKey: '',
    slots: String(endpoint?.slots ?? 1),
    maxQueued: String(endpoint?.maxQueued ?? 1000),
    queueMs: seconds(endpoint?.timeouts.queueMs, 3_600_000),
    firstTokenMs: seconds(endpoint?.timeouts.firstTokenMs, 300_000),
    idleMs: seconds(endpoint?.timeouts.idleMs, 120_000),
    totalMs: seconds(endpoint?.timeouts.totalMs, 1_800_000),
  };
}

/** What to send; an empty key field leaves the stored key alone, and a kind cannot be changed. */
export function toBody(fields: EndpointFields, endpoint: Endpoint | null): NewEndpoint | EndpointPatch {
  const limits = LIMITS.map((limit) => [limit, Math.max(1, Math.round(Number(fields[limit]) * 1000))]);
  return {
    name: fields.name,
    ...(!endpoint && { kind: fields.kind }),
    ...(fields.baseUrl && fields.kind !== 'scripted' && { baseUrl: fields.baseUrl.trim() }),
    ...(fields.apiKey && { apiKey: fields.apiKey.trim() }),
    slots: Number(fields.slots),
    maxQueued: Number(fields.maxQueued),
    timeouts: Object.fromEntries(limits),
  };
}

/** What to try out. Without a key typed, an endpoint that is there is asked with its own. */
export const toTrial = (
  { kind, baseUrl, apiKey }: EndpointFields,
  endpoint: Endpoint | null,
): EndpointTrial => ({
  kind,
  ...(baseUrl.trim() && kind !== 'scripted' && { baseUrl: baseUrl.trim() }),
  ...(apiKey.trim() && { apiKey: apiKey.trim() }),
  ...(endpoint && { endpointId: endpoint.id }),
});
