-- Guests of one address are one party: they share a place in the fair share, and bounds of their own. The address itself is
-- not kept: guest_address is its HMAC under the instance's secret, and goes with the guest.
ALTER TABLE users ADD COLUMN max_storage_bytes bigint;
ALTER TABLE users ADD COLUMN guest_address uuid;
CREATE INDEX users_by_guest_address ON users (guest_address) WHERE guest_address IS NOT NULL;

-- The party of a guest while they wait and run: their address, or their own id where it is not known. Null for members, who
-- are parties of their own, so that neither index has an entry of theirs.
ALTER TABLE generations ADD COLUMN guest_address uuid;
UPDATE generations g SET guest_address = g.user_id FROM users u
WHERE u.id = g.user_id AND u.is_anonymous AND g.state IN ('queued', 'running');
CREATE INDEX generations_live_of_guests ON generations (guest_address, state)
  WHERE guest_address IS NOT NULL AND state IN ('queued', 'running');
CREATE INDEX generations_guests_waiting ON generations (endpoint_id)
  WHERE guest_address IS NOT NULL AND state = 'queued';

-- Counters are of parties. What a party leaves behind is swept.
ALTER TABLE fair_share DROP CONSTRAINT fair_share_user_id_fkey;
ALTER TABLE fair_share RENAME COLUMN user_id TO party_id;

-- What a user, or all guests of an address, have stored: changed with what is stored, in the same transaction, so that no
-- write has to add up what is there. counted_at: when it was last compared with that.
CREATE TABLE storage (
  owner_id    uuid PRIMARY KEY,
  bytes       bigint NOT NULL DEFAULT 0,
  -- All of them, the archived ones and those that can still come back.
  chats       integer NOT NULL DEFAULT 0,
  counted_at  timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);
CREATE INDEX storage_by_count ON storage (counted_at);
INSERT INTO storage (owner_id, bytes, chats)
SELECT user_id, sum(own + said), count(*) FROM (
  SELECT c.user_id,
    256 + octet_length(c.title) + octet_length(c.description) + octet_length(c.metadata::text)
      + octet_length(array_to_string(c.tags, '')) AS own,
    (SELECT coalesce(sum(256 + octet_length(m.content::text)), 0) FROM messages m WHERE m.chat_id = c.id) AS said
  FROM chats c) sizes
GROUP BY user_id;

-- Nor is a guest's address kept in the clear with their session.
UPDATE sessions s SET ip_address = NULL FROM users u WHERE u.id = s.user_id AND u.is_anonymous;
