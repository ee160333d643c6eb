import { type FormEvent, useState } from 'react';
import { useTranslations } from 'use-intl';
import { ApiError, api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { SelectField, TextField } from '#web/ui/field.tsx';
import { toast } from '#web/ui/toast.tsx';
import type { Endpoint } from '../endpoints.ts';
import { isSameAddress, isSameServer } from '../rules.ts';
import { type EndpointFields, fieldsOf, toBody } from './endpoint-fields.ts';
import { PRESETS } from './endpoint-presets.ts';
import { EndpointTrial } from './endpoint-trial.tsx';

type EndpointDialogProps = { endpoint: Endpoint | null; onClose: () => void; onSaved: () => void };

/** Adds an endpoint (null) or changes one. */
export function EndpointDialog({ endpoint, onClose, onSaved }: EndpointDialogProps) {
  const t = useTranslations('endpoints.form');
  const outer = useTranslations('endpoints');
  const words = useErrorWords();
  const [fields, setFields] = useState(() => fieldsOf(endpoint));
  const [problem, setProblem] = useState<{ field: string | undefined; words: string } | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<EndpointFields>) => setFields((before) => ({ ...before, ...part }));
  const errorOf = (field: string) => (problem?.field === field ? problem.words : undefined);
  const input = (field: Exclude<keyof EndpointFields, 'kind'>, error = field as string) => ({
    label: t(field),
    value: fields[field],
    error: errorOf(error),
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
  });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const body = toBody(fields, endpoint);
      const saved = endpoint
        ? await api<Endpoint>('PATCH', `/api/v1/admin/endpoints/${endpoint.id}`, body)
        : await api<Endpoint>('POST', '/api/v1/admin/endpoints', body);
      const address = saved.baseUrl;
      if (address && body.baseUrl && !isSameAddress(address, body.baseUrl))
        toast(outer('corrected', { address }));
      onSaved();
    } catch (error) {
      setProblem({ field: error instanceof ApiError ? error.field : undefined, words: words(error) });
      setBusy(false);
    }
  };
  const leaves =
    endpoint?.hasApiKey &&
    fields.baseUrl.trim() !== '' &&
    !isSameServer(endpoint.baseUrl, fields.baseUrl.trim());
  const keyHint = leaves ? t('apiKeyDropped') : endpoint?.hasApiKey ? t('apiKeyKeep') : t('apiKeyHint');
  const named = ['name', 'baseUrl', 'apiKey', 'slots', 'maxQueued'];
  const saidBeside = problem?.field && named.includes(problem.field);
  return (
    <Dialog title={endpoint ? t('editTitle', { name: endpoint.name }) : t('addTitle')} onClose={onClose}>
      <form onSubmit={submit} className="flex flex-col gap-4">
        {!endpoint && <Preset onChoose={change} />}
        <TextField
          {...input('name')}
          hint={t('nameHint')}
          required
          pattern="[a-z0-9][a-z0-9\-]*"
          maxLength={64}
        />
        {fields.kind !== 'scripted' && (
          <>
            <TextField
              {...input('baseUrl')}
              hint={t('baseUrlHint')}
              type="url"
              required={fields.kind === 'openai-compatible'}
            />
            <TextField {...input('apiKey')} hint={keyHint} type="password" autoComplete="off" />
            <EndpointTrial endpoint={endpoint} fields={fields} onFound={(baseUrl) => change({ baseUrl })} />
          </>
        )}
        <div className="two-columns gap-4">
          <TextField {...input('slots')} hint={t('slotsHint')} type="number" min={1} max={10_000} required />
          <TextField
            {...input('maxQueued')}
            hint={t('maxQueuedHint')}
            type="number"
            min={0}
            max={1_000_000}
            required
          />
        </div>
        <details>
          <summary className="cursor-pointer text-sm font-medium">{t('timeouts')}</summary>
          <div className="two-columns mt-3 gap-4">
            {(['queueMs', 'firstTokenMs', 'idleMs', 'totalMs'] as const).map((limit) => (
              <TextField
                key={limit}
                {...input(limit, `timeouts.${limit}`)}
                type="number"
                min={1}
                max={86_400}
                step="any"
                required
              />
            ))}
          </div>
        </details>
        <DialogFooter
          action={endpoint ? t('save') : t('addSubmit')}
          busy={busy}
          problem={problem && !saidBeside ? problem.words : null}
          onCancel={onClose}
        />
      </form>
    </Dialog>
  );
}

function Preset({ onChoose }: { onChoose: (part: Partial<EndpointFields>) => void }) {
  const t = useTranslations('endpoints.form');
  const choose = (id: string) => {
    const preset = PRESETS.find((candidate) => candidate.id === id);
    if (preset) onChoose({ name: preset.name, kind: preset.kind, baseUrl: preset.baseUrl });
    else onChoose({ name: '', kind: 'openai-compatible', baseUrl: '' });
  };
  return (
    <SelectField
      label={t('preset')}
      defaultValue="lm-studio"
      onChange={(event) => choose(event.target.value)}
    >
      {PRESETS.map(({ id, label }) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
      <option value="">{t('custom')}</option>
    </SelectField>
  );
}
