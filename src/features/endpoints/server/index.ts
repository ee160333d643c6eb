/** What other features may use of the endpoints. */
export { onEndpointChanged } from './endpoint-changed.ts';
export { type EndpointRow, providerFor, type ServedEndpoint } from './provider-for.ts';
export { type ResolvedModel, resolveModel } from './resolve-model.ts';
export { wakeEndpoint } from './wake.ts';
