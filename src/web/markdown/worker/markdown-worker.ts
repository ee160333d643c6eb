/** The worker that parses and colours model text: what takes too long here is ended, and holds nobody up. */
import { work } from './jobs.ts';

addEventListener('message', ({ data: job }) => {
  try {
    postMessage(work(job));
  } catch {
    postMessage(null);
  }
});
postMessage('ready');
