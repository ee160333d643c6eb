import { invalidInput } from '#platform/errors.ts';
import { ANTHROPIC_BASE_URL } from '#providers/anthropic.ts';
import { OPENAI_BASE_URL } from '#providers/openai.ts';
import type { EndpointKind } from '../endpoints.ts';
import { say } from './say.ts';

/** A local server does one thing at a time; a cloud does many, and rate limits come before them. */
export const DEFAULT_SLOTS: Record<EndpointKind, number> = {
  'openai-compatible': 1,
  openai: 8,
  anthropic: 8,
  scripted: 4,
};

const DEFAULT_BASE_URL: Record<EndpointKind, string | null> = {
  'openai-compatible': null,
  openai: OPENAI_BASE_URL,
  anthropic: ANTHROPIC_BASE_URL,
  scripted: null,
};

/** The address of a new endpoint. Throws `invalid_input` where a kind cannot do without one. */
export function baseUrlOf(kind: EndpointKind, given: string | undefined): string | null {
  if (kind === 'scripted') return null;
  if (given === undefined && kind === 'openai-compatible')
    throw invalidInput('baseUrl', say('endpoint_needs_address'));
  return given === undefined ? DEFAULT_BASE_URL[kind] : checkBaseUrl(given);
}

/** Without trailing slashes. Throws `invalid_input` for an address that carries a name, a password, a query or a fragment. */
export function checkBaseUrl(given: string): string {
  const url = new URL(given);
  // It is shown to admins and written to logs; a key belongs into `apiKey`.
  if (url.username || url.password) throw invalidInput('baseUrl', say('endpoint_address_has_password'));
  // Paths are added to it, which would end up in the query: a way to any path of the host.
  if (/[?#]/.test(given)) throw invalidInput('baseUrl', say('endpoint_address_has_query'));
  return given.replace(/\/+$/, '');
}
