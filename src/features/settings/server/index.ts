/** What other features may use of the settings. */
export { assertSettings } from './assert-settings.ts';
