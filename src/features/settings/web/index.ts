/** What other features may use of the settings. Whoever shows them fetches the words with them: `words.later` of `pages.ts`. */
export { ClearButton } from './clear-button.tsx';
export { later } from './later-words.ts';
export { LayeredParameters } from './layered-parameters.tsx';
export { Origin } from './origin.tsx';
export { ParameterFields } from './parameter-fields.tsx';
export { areValid } from './parameter-text.ts';
export { refreshLayered, useLayered } from './use-layered.ts';
