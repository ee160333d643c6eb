import { colourCode } from '../parse/colour-code.ts';
import { parseBlock } from '../parse/parse-block.ts';
import type { Scope, Tree } from '../parse/tree.ts';

/** What the worker is asked. */
export type Job =
  | { readonly kind: 'parse'; readonly text: string; readonly prefix: string }
  | { readonly kind: 'colour'; readonly code: string; readonly language: string };

/** What it answers; null: it is to be shown as it is. */
export type Answer<J extends Job = Job> = J extends { kind: 'parse' } ? Tree | null : Scope | null;

/** Does a job. */
export function work(job: Job): Answer {
  return job.kind === 'parse' ? parseBlock(job.text, job.prefix) : colourCode(job.code, job.language);
}
