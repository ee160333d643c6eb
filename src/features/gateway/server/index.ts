/** What the composition root mounts of the gateway. */
export { registerGateway } from './routes.ts';
