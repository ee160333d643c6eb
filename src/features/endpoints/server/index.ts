/** What other features may use of the endpoints. */
export { CIRCUIT_OPEN, isSick, noteFailure, noteLoading, noteSuccess } from './circuit.ts';
export { discoverEndpoints } from './discover-endpoints.ts';
export { endpointMessages } from './endpoint-changed.ts';
export { keepHealth } from './keep-health.ts';
export { listModels, offerModels } from './list-models.ts';
export { mayDirect } from './may-direct.ts';
export { noteError } from './note-error.ts';
export { presentHealth } from './present-endpoint.ts';
export { providerFor } from './provider-for.ts';
export { knownWindow, type ResolvedModel, resolveModel, type TokenRatios } from './resolve-model.ts';
export { addEndpointRoutes } from './routes.ts';
export { setHealth } from './set-health.ts';
export { readWake, wakeEndpoint } from './wake.ts';
