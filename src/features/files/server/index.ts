/** Files: what the rest of the server may use. */
export { addFileRoutes } from './routes.ts';
export { sweepBlobs } from './sweep-blobs.ts';
