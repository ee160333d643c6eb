/** A real S3 store, empty, on a port and in a folder of its own; and its address as `FILES_URL` has it. */
import type { AddressInfo } from 'node:net';
import S3rver from '@20minutes/s3rver';
import { readFilesAddress, type S3Address } from '../../src/files-address.ts';
import { type Finish, makeFolder } from './make.ts';

const BUCKET = 'parley-files';

export async function makeS3Store(finish: Finish): Promise<{ address: S3Address; folder: string }> {
  const folder = await makeFolder(finish);
  const store = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: BUCKET, configs: [] }],
  });
  const { port } = (await store.run()) as AddressInfo;
  finish(() => store.close());
  const address = readFilesAddress(`s3://S3RVER:S3RVER@127.0.0.1:${port}/${BUCKET}/lab%20one?tls=off`);
  return { address: address as S3Address, folder };
}
