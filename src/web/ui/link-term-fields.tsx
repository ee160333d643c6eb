import { SelectField } from './field.tsx';
import { endOf, USES, type Uses, VALID_FOR, type ValidFor } from './link-terms.ts';

type Words<T> = { label: string; of: (one: T) => string };

type LinkTermFieldsProps = {
  /** The words of whoever offers the link. */
  validFor: Words<ValidFor>;
  uses: Words<Uses>;
  /** How often it works, unless something else is chosen. */
  most: Uses;
  /** It is for one person, who is named: how often it works is not for choosing. */
  addressed?: boolean;
};

/** Asks, in a form, for how long and how often a link works. */
export function LinkTermFields({ validFor, uses, most, addressed = false }: LinkTermFieldsProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <SelectField name="validFor" label={validFor.label} defaultValue="week">
        {(Object.keys(VALID_FOR) as ValidFor[]).map((span) => (
          <option key={span} value={span}>
            {validFor.of(span)}
          </option>
        ))}
      </SelectField>
      <SelectField name="uses" label={uses.label} defaultValue={most} disabled={addressed}>
        {(Object.keys(USES) as Uses[]).map((one) => (
          <option key={one} value={one}>
            {uses.of(one)}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** What was chosen: when the link ends (ISO) and how often it works; null is for ever, and without a bound or nothing to choose. */
export function termsIn(form: HTMLFormElement): { expiresAt: string | null; maxUses: number | null } {
  const fields = new FormData(form);
  return {
    expiresAt: endOf(fields.get('validFor') as ValidFor),
    maxUses: USES[fields.get('uses') as Uses] ?? null,
  };
}
