/** The worker for texts that have formulas: it parses them as the other one does, and sets the formulas. */
import { parseBlock } from '../parse/parse-block.ts';
import { typesetAll } from '../parse/typeset.ts';
import type { Job } from './jobs.ts';

addEventListener('message', ({ data }) => {
  const job = data as Job;
  try {
    const tree = job.kind === 'parse' ? parseBlock(job.text, job.prefix) : null;
    postMessage(tree && typesetAll(tree));
  } catch {
    postMessage(null);
  }
});
postMessage('ready');
