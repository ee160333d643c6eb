/** What other features may use of the settings. Whoever shows the fields fetches their words with them. */
export { later as settingsWords } from './later-words.ts';
export { ParameterFields } from './parameter-fields.tsx';
export { areValid } from './parameter-text.ts';
