/**
 * A thread of its own that reads what somebody sent: unpacks, cuts, parses and checks it, so that nobody else waits for that.
 */
import { workerData } from 'node:worker_threads';
import type { FileToRead, ReadTask } from '../protocol.ts';
import { say } from '../say.ts';
import { Refused } from './draft.ts';
import { isZip } from './look-at-file.ts';
import { bytesOf } from './read-bytes.ts';
import { type Course, readText } from './read-text.ts';
import { endTelling, tell } from './tell.ts';
import { type Unpacked, zipTexts } from './zip-entries.ts';

const task = workerData as ReadTask;
/** Of all archives of this import: many small bombs are one large one. */
const unpacked: Unpacked = { bytes: 0 };

async function readFile(source: FileToRead): Promise<void> {
  const { name: file, fd } = source;
  const begun = { task, source, chats: 0 };
  if (!(await isZip(source)))
    return readText(bytesOf(fd), { ...begun, strange: [], file, inZip: false, isTight: false });
  let chats = 0;
  const names: string[] = [];
  let failed = false;
  try {
    for await (const text of zipTexts(fd, unpacked)) {
      const inner = `${file}/${text.name}`;
      names.push(text.name);
      if ('refused' in text) {
        failed = true;
        await tell({ kind: 'failed', file: inner, row: 0, sentence: text.refused.sentence });
        continue;
      }
      const course: Course = { ...begun, strange: [], file: inner, inZip: true, isTight: text.isTight };
      await readText(await text.open(), course);
      chats += course.chats;
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    failed = true;
    await tell({ kind: 'failed', file, row: 0, sentence: error.sentence });
  }
  if (chats === 0 && !failed)
    await tell({
      kind: 'strange',
      file,
      found:
        names.length === 0
          ? say('found_zip_without')
          : say('found_zip', { names: names.slice(0, 6).join(', ') }),
    });
}

for (const file of task.files) await readFile(file);
await tell({ kind: 'end' });
endTelling();
