/** What other features may use of the instructions. */
export { mountContext } from './mount-context.ts';
export { chatOwner, projectOwner } from './owners.ts';
export {
  type AgentVersionRef,
  bytesOfLayers,
  type LayerOwners,
  readLayers,
  readLayersOf,
} from './read-layers.ts';
export { addContextRoutes } from './routes.ts';
export { saveContext } from './save-context.ts';
