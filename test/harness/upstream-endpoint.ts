import type { Person } from './accounts.ts';

/** Adds, as this admin, an endpoint in front of a scripted upstream; its models are `upstream/<name>`. Returns its id. */
export async function addUpstream(
  admin: Person,
  upstream: { url: string },
  more: { slots?: number; timeouts?: Record<string, number> } = {},
): Promise<string> {
  const response = await admin.fetch('/api/v1/admin/endpoints', {
    method: 'POST',
    json: { name: 'upstream', kind: 'openai-compatible', baseUrl: upstream.url, slots: 20, ...more },
  });
  if (response.status !== 201) throw new Error(`no endpoint: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}

/** Lifts, as this admin, what a user may have running and waiting, guests too: for tests in which one person is a crowd. */
export async function liftLimits(admin: Person): Promise<void> {
  const many = { maxConcurrent: 100_000, maxQueued: 100_000 };
  const guests = { ...many, tokensPerDay: 1_000_000_000_000, perAddress: many };
  const response = await admin.fetch('/api/v1/admin/settings', {
    method: 'PATCH',
    json: { ...many, requestsPerMinute: 1_000_000, guests },
  });
  if (!response.ok) throw new Error(`limits stay: ${response.status} ${await response.text()}`);
}
