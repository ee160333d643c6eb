import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { lastChoice, useKnownModel } from '#features/endpoints/web/index.ts';
import { basePath } from '#web/base-path.ts';
import { CodeBlock } from '#web/markdown/code-block.tsx';
import { Choice } from '#web/ui/choice.tsx';
import { Section } from '#web/ui/page.tsx';

const LANGUAGES = [
  { value: 'python', label: 'Python' },
  { value: 'javascript', label: 'JavaScript' },
  { value: 'bash', label: 'curl' },
] as const;
type Language = (typeof LANGUAGES)[number]['value'];

/** What to give an OpenAI client, ready to paste: this Parley's address and a model that is here. */
export function ApiKeyExample() {
  const t = useTranslations('keyExample');
  const [language, setLanguage] = useState<Language>('python');
  const model = useKnownModel([lastChoice()]);
  const address = `${location.origin}${basePath}/v1`;
  const code = EXAMPLES[language](address, model?.id ?? 'scripted/demo');
  return (
    <Section title={t('title')}>
      <p className="mb-4 text-sm text-muted">{t('text')}</p>
      <div className="max-w-xs">
        <Choice<Language>
          quiet
          label={t('language')}
          value={language}
          onChange={setLanguage}
          options={LANGUAGES}
        />
      </div>
      <div className="markdown mt-3">
        <CodeBlock code={code} language={language} growing={false} />
      </div>
    </Section>
  );
}

const EXAMPLES: Record<Language, (address: string, model: string) => string> = {
  python: (address, model) => `from openai import OpenAI

client = OpenAI(base_url="${address}", api_key="YOUR_KEY")
answer = client.chat.completions.create(
    model="${model}",
    messages=[{"role": "user", "content": "Say hello."}],
)
print(answer.choices[0].message.content)`,
  javascript: (address, model) => `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${address}', apiKey: 'YOUR_KEY' });
const answer = await client.chat.completions.create({
  model: '${model}',
  messages: [{ role: 'user', content: 'Say hello.' }],
});
console.log(answer.choices[0].message.content);`,
  bash: (address, model) => `curl ${address}/chat/completions \\
  -H "authorization: Bearer YOUR_KEY" \\
  -H "content-type: application/json" \\
  -d '{"model": "${model}", "messages": [{"role": "user", "content": "Say hello."}]}'`,
};
