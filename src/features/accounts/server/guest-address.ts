/** What is known of the address a guest came from: enough to tell guests of one address, and nothing that says which. */
import { createHmac } from 'node:crypto';
import type { Queryable } from '#platform/database/database.ts';
import { addressKey } from '#platform/http/address.ts';
import type { Services } from '#platform/services.ts';

/**
 * What stands for an address: its HMAC-SHA-256 under the instance's secret, cut to the size of a UUID and shaped like one
 * (version 8, RFC 9562). Without the secret it cannot be found by trying all addresses.
 */
export function standInFor(ip: string, secret: string): string {
  const bytes = createHmac('sha256', secret)
    .update(`guest address ${addressKey(ip)}`)
    .digest()
    .subarray(0, 16);
  bytes[6] = 0x80 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** Keeps with a new guest what stands for their address; it goes with them. Call it before they get their cookie. */
export async function keepAddress({ db, secrets }: Services, guestId: string, ip: string): Promise<void> {
  await db.$client.query(
    `WITH forgotten AS (UPDATE sessions s SET ip_address = NULL FROM users u WHERE u.id = $1 AND s.user_id = u.id)
     UPDATE users SET guest_address = $2 WHERE id = $1 AND is_anonymous`,
    [guestId, standInFor(ip, secrets.signingKey)],
  );
}

/** Forgets the address of somebody who is becoming an account; what they have stored is not the address's any longer. */
export async function leaveAddress(db: Queryable, userId: string): Promise<void> {
  await db.query(
    `WITH was AS (SELECT guest_address FROM users WHERE id = $1),
     left_it AS (UPDATE users SET guest_address = NULL WHERE id = $1 AND guest_address IS NOT NULL),
     own AS MATERIALIZED (SELECT bytes FROM storage WHERE owner_id = $1 FOR UPDATE)
     UPDATE storage a SET bytes = greatest(0, a.bytes - own.bytes)
     FROM was, own WHERE a.owner_id = was.guest_address`,
    [userId],
  );
}
