/** The parameters of one layer: what it says itself, and where the rest comes from. */
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslations } from 'use-intl';
import { type Layer, PARAMETER_NAMES, type ParameterName } from '../rules.ts';
import type { LayeredSettings, Parameters } from '../settings.ts';
import { ClearButton } from './clear-button.tsx';
import { mergeParameters } from './merge-parameters.ts';
import { Origin } from './origin.tsx';
import { ParameterFields } from './parameter-fields.tsx';
import { ParameterList } from './parameter-list.tsx';
import { areValid, type ParameterModel } from './parameter-text.ts';
import { useParameterValue } from './use-parameter-value.ts';

export type LayeredParametersProps = {
  /** Whose parameters they are. */
  layer: Layer;
  own: Parameters;
  /** What will be used; null: not known. */
  said: LayeredSettings['parameters'] | null;
  /** The model that takes them; null: not known. */
  model: ParameterModel | null;
  /** Whoever is here may change nothing. */
  reads: boolean;
  /** Keeps all of the layer's parameters; rejects when the server refuses. */
  onSave: (parameters: Parameters) => Promise<void>;
};

/** What stands in the fields and is not kept yet, and from what it was changed. */
type Typed = { before: Parameters; now: Parameters };

export function LayeredParameters({ layer, own, said, model, reads, onSave }: LayeredParametersProps) {
  const t = useTranslations('parameters');
  const say = useParameterValue();
  const [typed, setTyped] = useState<Typed | null>(null);
  const value = typed?.now ?? own;
  // What this layer said a moment ago is not what those below it say.
  const below = (name: ParameterName) => {
    const given = said?.[name];
    return given && given.from !== layer ? given : null;
  };
  if (reads) return <ParameterList layer={layer} own={own} below={below} />;

  const save = (next: Typed) => {
    if (!areValid(next.now, model)) return setTyped(next);
    const merged = mergeParameters(own, next.before, next.now);
    if (JSON.stringify(merged) === JSON.stringify(mergeParameters(own, own, own))) return setTyped(null);
    // What is changed from here on is changed from what is on its way.
    const sent = { before: next.now, now: next.now };
    setTyped(sent);
    onSave(merged).then(
      () => setTyped((now) => (now === sent ? null : now)),
      // What was refused stays as it was typed; why is said by whoever keeps it.
      () => setTyped((now) => now && { ...now, before: next.before }),
    );
  };
  const change = (now: Parameters) => {
    const next = { before: typed?.before ?? own, now };
    if (now.reasoningEffort !== value.reasoningEffort) save(next);
    else setTyped(next);
  };
  const keep = () => typed && save(typed);
  const onKeyDown = (event: KeyboardEvent) => {
    const inLine = event.target instanceof HTMLInputElement;
    if (event.key === 'Enter' && inLine && !event.nativeEvent.isComposing) keep();
  };
  const clear = (name: ParameterName) => {
    const { [name]: _, ...now } = value;
    save({ before: typed?.before ?? own, now });
  };
  const inherited: { [P in ParameterName]?: string } = {};
  const notes: { [P in ParameterName]?: ReactNode } = {};
  for (const name of PARAMETER_NAMES) {
    const given = below(name);
    const text = given?.value == null ? (given ? t('modelsOwn') : undefined) : say(name, given.value);
    if (text !== undefined) inherited[name] = text;
    if (value[name] !== undefined)
      notes[name] = (
        <span className="flex flex-wrap items-center gap-1">
          <Origin from={layer} own />
          <ClearButton name={t(`name.${name}`)} onClear={() => clear(name)} />
        </span>
      );
    else if (given && given.value !== null) notes[name] = <Origin from={given.from} value={text} />;
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the fields inside are what is typed in
    <div onBlur={keep} onKeyDown={onKeyDown}>
      <ParameterFields value={value} model={model} inherited={inherited} notes={notes} onChange={change} />
    </div>
  );
}
