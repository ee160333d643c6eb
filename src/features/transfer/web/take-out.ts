/** Fetches the file of chosen chats, whose ids no address has room for, and hands it to the browser. */
import { ApiError, meantFor, toApiError } from '#web/api/http.ts';
import { basePath } from '#web/base-path.ts';
import type { ListFormat } from '../rules.ts';

type Chosen = { ids: readonly string[]; format: ListFormat; language: 'en' | 'ru' };

const PATH = '/api/v1/chats/export';
/** For the browser to have begun to save it. */
const KEPT_MS = 60_000;

/** Throws `ApiError`. */
export async function takeOut(chosen: Chosen, signal: AbortSignal): Promise<void> {
  const { file, name } = await fetchFile(chosen, signal).catch((error) => {
    if (signal.aborted || error instanceof ApiError) throw error;
    throw new ApiError(0, { code: 'offline', detail: '' });
  });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS);
}

async function fetchFile(chosen: Chosen, signal: AbortSignal): Promise<{ file: Blob; name: string }> {
  const answer = await fetch(basePath + PATH, {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json', ...meantFor(PATH) },
    body: JSON.stringify(chosen),
    signal,
  });
  if (!answer.ok) throw toApiError(answer.status, await answer.json().catch(() => undefined));
  const [, name] = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
  return { file: await answer.blob(), name: name ?? `parley-chats.${chosen.format}` };
}
