import { type Config, loadConfig } from '#config';

/** The flag of commands that work on a data folder. */
export const dataFlags = {
  data: { type: 'string', description: 'Data folder (DATA_DIR, ./data)' },
} as const;

/** The configuration under that flag. */
export const configOf = ({ data }: { data?: string | undefined }): Config => loadConfig({ DATA_DIR: data });
