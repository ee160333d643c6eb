import { join } from 'node:path';
import type { Config } from '#config';
import type { BlobStore } from './blob-store.ts';
import { openFolderStore } from './folder-store.ts';
import { openS3Store } from './s3-store.ts';

/** Opens the store that `FILES_URL` names. */
export const openBlobStore = ({ files, dataDir }: Pick<Config, 'files' | 'dataDir'>): BlobStore =>
  'folder' in files ? openFolderStore(files.folder) : openS3Store(files, join(dataDir, 'files', 'incoming'));
