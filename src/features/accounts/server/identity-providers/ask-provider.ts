/** Asks a provider's server for JSON, with bounds on time and bytes; redirects are not followed. */
import { parseBounded } from '#platform/bounded-json.ts';
import { sendOutbound } from '#platform/outbound/outbound-request.ts';
import { SignInRefusal } from './sign-in-refusal.ts';

/** Somebody sits before it. */
const TIMEOUT_MS = 10_000;
/** Far above what honest ones send. */
const MAX_BYTES = 256 * 1024;

type Asked = { headers?: Record<string, string>; form?: URLSearchParams };

/** The answer's object. Refuses as `provider_down` where nothing that is understood comes back; what is wrong goes to the log. */
export async function askProvider(
  url: string,
  { headers = {}, form }: Asked = {},
): Promise<{ ok: boolean; status: number; body: Record<string, unknown> }> {
  try {
    const response = await sendOutbound({
      url: new URL(url),
      method: form ? 'POST' : 'GET',
      headers: {
        accept: 'application/json',
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(form && { body: form.toString() }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body = parseBounded(await response.text(MAX_BYTES));
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Error('not an object');
    const { status } = response;
    return { ok: status >= 200 && status < 300, status, body: body as Record<string, unknown> };
  } catch (error) {
    throw new SignInRefusal('provider_down', `${new URL(url).origin}: ${(error as Error).message}`);
  }
}
