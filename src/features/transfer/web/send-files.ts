/** Sends files, which takes as long as it takes: how much has gone is told, and it can be stopped. */
import { ApiError } from '#web/api/http.ts';
import { basePath } from '#web/base-path.ts';
import { ownerId } from '#web/kept/kept.ts';
import type { ImportReport } from '../transfer.ts';

type Sending = {
  dryRun: boolean;
  /** How much has been sent, from 0 to 1. */
  onProgress: (share: number) => void;
  signal: AbortSignal;
};

/** `fetch` does not tell how much of a body has gone. Throws `ApiError`, and what `signal` was aborted with. */
export function sendFiles(
  files: readonly File[],
  { dryRun, onProgress, signal }: Sending,
): Promise<ImportReport> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `${basePath}/api/v1/chats/import?dryRun=${dryRun}`);
    request.responseType = 'json';
    const owner = ownerId();
    if (owner !== null) request.setRequestHeader('parley-user', owner);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      if (request.status === 200) return resolve(request.response as ImportReport);
      const { error } = (request.response ?? {}) as { error?: ConstructorParameters<typeof ApiError>[1] };
      reject(new ApiError(request.status, error ?? { code: 'internal', detail: '' }));
    };
    request.onerror = () => reject(new ApiError(0, { code: 'offline', detail: '' }));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort());
    const form = new FormData();
    for (const file of files) form.append('file', file, file.name);
    request.send(form);
  });
}
