import { createHash } from 'node:crypto';
import { canonicalJson } from '#platform/canonical-json.ts';
import type { ProviderRequest } from '#providers/provider.ts';

/** What of a request is hashed: everything that a model is told. */
export type HashedRequest = Pick<ProviderRequest, 'model' | 'messages' | 'tools'> & {
  parameters: Record<string, unknown>;
};

/** The proof of what a model was told: SHA-256 over the canonical JSON of `{model, parameters, messages: [{role, content}], tools}`. */
export function hashRequest({ model, parameters, messages, tools = [] }: HashedRequest): string {
  const told = {
    model,
    parameters,
    messages: messages.map(({ role, text }) => ({ role, content: text })),
    tools,
  };
  return `sha256:${createHash('sha256').update(canonicalJson(told)).digest('hex')}`;
}
