/** What other features and the page may use of the models and their endpoints. */
export { useChosenModel } from './chosen-model.ts';
export { HealthDot } from './health-dot.tsx';
export { ModelMenu } from './model-menu.tsx';
export { ModelPicker } from './model-picker.tsx';
export { pickNextModels, takeNextModels, useNextModels } from './next-models.ts';
export { ScriptedNotice } from './scripted-notice.tsx';
export { useModels, useSlots } from './use-models.ts';
