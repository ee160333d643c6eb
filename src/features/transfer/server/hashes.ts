import { createHash } from 'node:crypto';

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');

/** How `texts` of a record names a text. */
export const textHash = (text: string): string => `sha256:${sha256Of(text)}`;
