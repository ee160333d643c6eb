/** The trial inside the form: asks the server for its models before anything is saved. */
import { useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { api } from '#web/api/http.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { useSaid } from '#web/i18n/use-said.ts';
import { Button } from '#web/ui/button.tsx';
import { cx } from '#web/ui/classes.ts';
import type { Endpoint, TrialResult } from '../endpoints.ts';
import { isSameAddress } from '../rules.ts';
import { type EndpointFields, toTrial } from './endpoint-fields.ts';

/** So many names say which server it is. */
const NAMES_SHOWN = 3;

type EndpointTrialProps = {
  endpoint: Endpoint | null;
  fields: EndpointFields;
  /** The models are at another address than the one typed. */
  onFound: (baseUrl: string) => void;
};

type Outcome = { good: boolean; words: string };

/** Tests what stands in the form and says what came of it. Saving stays possible either way. */
export function EndpointTrial({ endpoint, fields, onFound }: EndpointTrialProps) {
  const t = useTranslations('endpoints.form');
  const words = useErrorWords();
  const sayResult = useResultWords();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const { kind, baseUrl, apiKey } = fields;
  // What was found out holds for what was asked.
  const asked = `${kind} ${baseUrl} ${apiKey}`;
  const current = useRef(asked);
  useEffect(() => {
    if (current.current === asked) return;
    current.current = asked;
    setOutcome(null);
  }, [asked]);
  const test = async () => {
    setBusy(true);
    setOutcome(null);
    try {
      const result = await api<TrialResult>(
        'POST',
        '/api/v1/admin/endpoints/test',
        toTrial(fields, endpoint),
      );
      if (current.current !== asked) return;
      const found =
        result.baseUrl !== null && baseUrl.trim() !== '' && !isSameAddress(result.baseUrl, baseUrl);
      if (found && result.baseUrl) {
        current.current = `${kind} ${result.baseUrl} ${apiKey}`;
        onFound(result.baseUrl);
      }
      setOutcome({
        good: result.ok,
        words: [found && t('found'), sayResult(result)].filter(Boolean).join(' '),
      });
    } catch (error) {
      if (current.current === asked) setOutcome({ good: false, words: words(error) });
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-wrap items-start gap-x-3 gap-y-2">
      <Button small disabled={busy} onClick={() => void test()}>
        {busy ? t('trying') : t('tryIt')}
      </Button>
      <p
        role="status"
        className={cx(
          'min-w-0 flex-1 basis-56 py-1.5 text-[13px] wrap-anywhere',
          outcome?.good === false ? 'text-danger' : 'text-muted',
        )}
      >
        {outcome?.words}
      </p>
    </div>
  );
}

function useResultWords(): (result: TrialResult) => string {
  const t = useTranslations('endpoints.form');
  const outer = useTranslations('endpoints');
  const said = useSaid();
  return ({ models = [], error }) => {
    if (error)
      return [
        outer('testFailed', { detail: said(error) ?? error.detail }),
        error.said && outer('itSaid', { said: error.said }),
      ]
        .filter(Boolean)
        .join(' ');
    const names = models.slice(0, NAMES_SHOWN).join(', ');
    const more = models.length - NAMES_SHOWN;
    return t('has', { count: models.length, names: more > 0 ? t('more', { names, count: more }) : names });
  };
}
