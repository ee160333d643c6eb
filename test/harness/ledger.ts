/** Rows of the ledger for tests, put into the database directly. */
import { newId } from '#platform/ids.ts';
import type { Services } from '#platform/services.ts';

export type TestEntry = {
  userId: string;
  endpointId?: string | null;
  modelId?: string;
  client?: string;
  state?: string;
  errorCode?: string;
  class?: number;
  /** When it was queued, in seconds before now; it then waited `waitMs` and ran for `durationMs`. */
  agoSeconds?: number;
  waitMs?: number;
  ttftMs?: number;
  durationMs?: number;
  inputTokens?: number | null;
  outputTokens?: number | null;
};

/** Adds generations that have ended and returns their ids, in the order given. */
export async function addEnded({ db }: Services, entries: readonly TestEntry[]): Promise<string[]> {
  const rows = entries.map((given) => ({ id: newId(), ...DEFAULTS, ...given }));
  await db.$client.query(
    `INSERT INTO generations (id, user_id, endpoint_id, model_id, model_name, client, state, class, queued_at,
       started_at, first_token_at, finished_at, ttft_ms, duration_ms, input_tokens, output_tokens, error, events_kept)
     SELECT id, "userId", "endpointId", "modelId", split_part("modelId", '/', 2), client, state, class, queued,
       queued + "waitMs" * ms, queued + ("waitMs" + "ttftMs") * ms, queued + ("waitMs" + "durationMs") * ms,
       "ttftMs", "durationMs", "inputTokens", "outputTokens",
       CASE WHEN "errorCode" IS NOT NULL
         THEN jsonb_build_object('code', "errorCode", 'detail', 'It went wrong.', 'retryable', true) END, false
     FROM jsonb_to_recordset($1::jsonb) AS given(id uuid, "userId" uuid, "endpointId" uuid, "modelId" text, client text,
       state text, "errorCode" text, class int, "agoSeconds" float8, "waitMs" int, "ttftMs" int, "durationMs" int,
       "inputTokens" int, "outputTokens" int),
     LATERAL (SELECT now() - make_interval(secs => "agoSeconds") AS queued, interval '1 millisecond' AS ms) times`,
    [JSON.stringify(rows)],
  );
  return rows.map((row) => row.id);
}

const DEFAULTS = {
  modelId: 'test/demo',
  client: 'web',
  state: 'completed',
  class: 0,
  agoSeconds: 60,
  waitMs: 100,
  ttftMs: 50,
  durationMs: 1000,
  inputTokens: 10,
  outputTokens: 20,
};
