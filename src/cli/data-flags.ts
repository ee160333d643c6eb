import { type Config, loadConfig } from '#config';
import type { Speech } from './speech.ts';

/** The flag of commands that work on a data folder. */
export const dataFlags = ({ words }: Speech) =>
  ({ data: { type: 'string', description: words('flag_data') } }) as const;

/** The configuration under that flag. */
export const configOf = ({ data }: { data?: string | undefined }): Config => loadConfig({ DATA_DIR: data });
