/** What other features and the page may use of the models and their endpoints. */
export { keepChoice, lastChoice, useKnownModel } from './chosen-model.ts';
export { HealthDot } from './health-dot.tsx';
export { ModelButton } from './model-button.tsx';
export { default as ModelLayer } from './model-layer.tsx';
export { ModelMenu } from './model-menu.tsx';
export { ModelPopover } from './model-popover.tsx';
export { pickNextModels, takeNextModels, useNextModels } from './next-models.ts';
export { PickModels } from './pick-models.tsx';
export { ScriptedNotice } from './scripted-notice.tsx';
export { SettingsForm } from './settings/settings-form.tsx';
export { useModelOptions } from './use-model-options.tsx';
export { useModels, useSlots } from './use-models.ts';
