/** What the composition root mounts of the gateway. */
export { addGatewayRoutes } from './routes.ts';
