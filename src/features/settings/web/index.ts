/** What other features may use of the settings. Whoever shows them fetches the words with them: `words.later` of `pages.ts`. */
export { ParameterFields } from './parameter-fields.tsx';
export { areValid } from './parameter-text.ts';
