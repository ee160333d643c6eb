/** Model and parameters of one layer, wherever that is set. Each change is kept at once. */
import { useState } from 'react';
import type { Layer } from '#features/settings/rules.ts';
import type { LayeredSettings, ModelSettings } from '#features/settings/settings.ts';
import { LayeredParameters } from '#features/settings/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { useModels } from '../use-models.ts';
import { ModelRow } from './model-row.tsx';

export type SettingsFormProps = {
  layer: Layer;
  /** What the layer says itself. */
  own: ModelSettings;
  /** What will be used, and who says so; null: not known, or not one thing for all whom the layer is for. */
  said: LayeredSettings | null;
  /** Whoever is here may only look. */
  reads?: boolean;
  /** Keeps the layer as a whole; rejects when the server refuses. */
  onSave: (settings: ModelSettings) => Promise<void>;
};

export function SettingsForm({ layer, own, said, reads = false, onSave }: SettingsFormProps) {
  const words = useErrorWords();
  const [problem, setProblem] = useState<string | null>(null);
  const { data: models } = useModels();
  // Of a layer that many chats are made with, no model is known that takes its parameters unless it says so itself.
  const modelId = own.modelId ?? (layer === 'chat' ? said?.modelId.value : undefined);
  const model = models?.find(({ id }) => id === modelId) ?? null;
  const save = async (change: Pick<ModelSettings, 'modelId' | 'parameters'>) => {
    try {
      await onSave(tidied({ ...own, ...change }));
      setProblem(null);
    } catch (error) {
      setProblem(words(error));
      throw error;
    }
  };
  const below = said && said.modelId.from !== layer ? said.modelId : null;
  return (
    <div className="flex flex-col gap-5">
      <ModelRow
        layer={layer}
        own={own.modelId}
        below={below}
        reads={reads}
        onChoose={(chosen) => void save({ modelId: chosen }).catch(() => {})}
      />
      <LayeredParameters
        layer={layer}
        own={own.parameters ?? {}}
        said={said?.parameters ?? null}
        model={model}
        reads={reads}
        onSave={(parameters) => save({ parameters })}
      />
      {problem && (
        <p role="alert" className="text-sm text-danger">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Without what says nothing. */
function tidied({ modelId, parameters, tools }: ModelSettings): ModelSettings {
  return {
    ...(modelId !== undefined && { modelId }),
    ...(parameters && Object.keys(parameters).length > 0 && { parameters }),
    ...(tools && { tools }),
  };
}
