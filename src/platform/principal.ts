/** Who is asking, whatever the channel. Made in one place, from a session cookie or an API key. */
export type Principal = {
  readonly userId: string;
  /** What they may do with that proof: an admin's key without the scope for it is a member's. */
  readonly role: 'admin' | 'member' | 'guest';
  /** How they proved it; `sessionId` or `apiKeyId` so that a stream can end with it. `earlier`: when they asked for what is done now. */
  readonly via:
    | { kind: 'session'; sessionId: string }
    | { kind: 'earlier' }
    | { kind: 'api-key'; apiKeyId: string; scopes: readonly string[] };
};

/**
 * What somebody may do with a thing: see it; change it, or say something in it; give it away or take it away. Each noun's
 * `access.ts` says who has which.
 */
export type Right = 'read' | 'write' | 'manage';
