/** A thread of its own that draws Markdown for an export, which can be ended where a text was made to take for ever. */
import { parentPort, workerData } from 'node:worker_threads';
import { type DrawTask, type DrawWork, IDLE } from './drawing.ts';
import { textHtml } from './text-html.ts';

const port = parentPort!;
const { progress } = workerData as DrawWork;

Atomics.store(progress, 1, IDLE);
port.on('message', ({ plain, ...task }: DrawTask) => {
  let step = 0;
  const html = textHtml(task, () => {
    Atomics.add(progress, 0, 1);
    Atomics.store(progress, 1, step);
    return !plain.has(step++);
  });
  Atomics.store(progress, 1, IDLE);
  port.postMessage(html);
});
port.postMessage(null);
