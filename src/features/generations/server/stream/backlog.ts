/** When a reader is too slow: told by what it has left unread, not by how much it was given at once. */

/** What a slow reader may have unread before it is dropped; it resumes where it stood. */
const MAX_UNREAD_BYTES = 1024 * 1024;

/**
 * Watches one connection's unread bytes. Call the result after each write with the number of bytes written; it
 * tells whether the reader is to be dropped. One long write to a reader who was not behind, as of the whole of a long
 * reply to who comes late, is allowed on top until it has been read: otherwise such a reader would be dropped every
 * time, and never have it.
 */
export function watchBacklog(unreadBytes: () => number): (written: number) => boolean {
  let allowed = MAX_UNREAD_BYTES;
  return (written) => {
    const unread = unreadBytes();
    if (unread <= MAX_UNREAD_BYTES) allowed = MAX_UNREAD_BYTES;
    else if (unread - written <= MAX_UNREAD_BYTES) allowed = Math.max(allowed, unread + MAX_UNREAD_BYTES);
    return unread > allowed;
  };
}
