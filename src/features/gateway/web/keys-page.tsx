/** The keys of whoever is here, with what to give an OpenAI client. */
import { ApiKeysPage } from '#features/accounts/web/index.ts';
import { withWords } from '#web/i18n/page-words.tsx';
import { ApiKeyExample } from './api-key-example.tsx';

export default withWords(() => <ApiKeysPage example={<ApiKeyExample />} />);
