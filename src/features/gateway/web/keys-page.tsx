import { ApiKeysPage } from '#features/accounts/web/index.ts';
import { ApiKeyExample } from './api-key-example.tsx';

/** The keys of whoever is here, with what to give an OpenAI client. */
export default function KeysPage() {
  return <ApiKeysPage example={<ApiKeyExample />} />;
}
