/** The pages by address, once it is known who is here. */
import { QueryClientProvider } from '@tanstack/react-query';
import { Suspense, use } from 'react';
import { Route, Router, Switch, useRoute } from 'wouter';
import { useMe } from '#features/accounts/web/index.ts';
import { ChatPage } from '#features/chats/web/index.ts';
import { queryClient } from '#web/api/query-client.ts';
import { basePath } from '#web/base-path.ts';
import { fetchFile, lazyExtra } from '#web/fetch-file.ts';
import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { Translations, type Wording } from '#web/i18n/i18n.tsx';
import { NavigationProvider, type PageEntry } from '#web/pages.ts';
import { ErrorBoundary } from '#web/ui/error-boundary.tsx';
import { Toasts } from '#web/ui/toast.tsx';
import { fetchParts, useParts } from './fetch-parts.ts';
import { Shell } from './shell/shell.tsx';
import { Away, Broken, StartScreen } from './shell/start-screen.tsx';
import { useBusyIcon } from './shell/use-busy-icon.ts';
import { useLive } from './shell/use-live.ts';
import { FIRST_WORDS } from './words.ts';

// Not before there is something to see: neither is needed until somebody has done something.
const KeptFocus = lazyExtra(() => import('./shell/kept-focus.tsx'));
const Extras = lazyExtra(() => import('./shell/extras.tsx'));

const fetchSentences = () => fetchFile(() => import('./russian-sentences.ts')).then((file) => file.default);

/** `first`: the first words, in the language the page begins in. */
export function App({ first }: { first: Wording }) {
  const parts = useParts(({ parts }) => parts);
  return (
    <QueryClientProvider client={queryClient}>
      <Translations words={FIRST_WORDS} first={first} sentences={fetchSentences}>
        <Router base={basePath}>
          <ErrorBoundary fallback={() => <Broken />}>
            <Suspense fallback={null}>
              <KeptFocus />
            </Suspense>
            <Suspense fallback={null}>
              <Switch>
                {parts?.PUBLIC.map((page) => (
                  <Route key={page.path} path={page.path}>
                    <Alone page={page} />
                  </Route>
                ))}
                <Route component={Inside} />
              </Switch>
            </Suspense>
          </ErrorBoundary>
        </Router>
      </Translations>
    </QueryClientProvider>
  );
}

/** The pages for somebody, guest or account. */
function Inside() {
  const me = useMe();
  const [isChat, params] = useRoute('/c/:chatId');
  const [isNew] = useRoute('/');
  const navigation = useParts(({ parts }) => parts?.NAVIGATION);
  const chatId = isChat ? params.chatId : null;
  useLive(me.data?.id ?? null);
  if (me.isPending) return <StartScreen />;
  // A person known before stays here while the server is away.
  if (me.isError && me.data === undefined) return <StartScreen failed onRetry={() => void me.refetch()} />;
  if (!me.data) return <SignIn />;
  const admin = me.data.role === 'admin';
  return (
    <NavigationProvider value={navigation?.[admin ? 'admin' : 'user'] ?? []}>
      <Shell currentId={chatId}>
        <BusyIcon />
        {/* One element for the new chat and the one it becomes, so that nothing starts anew when its address changes. */}
        {isChat || isNew ? (
          <ChatPage chatId={chatId} />
        ) : (
          <Suspense fallback={<Away />}>
            <OtherPages admin={admin} />
          </Suspense>
        )}
        <Suspense fallback={null}>
          <Extras chatId={chatId} />
        </Suspense>
      </Shell>
    </NavigationProvider>
  );
}

/** A page without the shell around it. */
const Alone = ({ page }: { page: PageEntry }) => (
  <>
    <FetchedPart part={page} give={{}} />
    <Toasts />
  </>
);

const SignIn = () => <Alone page={use(fetchParts()).SIGN_IN} />;

/** All pages but the chat. */
function OtherPages({ admin }: { admin: boolean }) {
  const { FOR_ADMINS, FOR_USERS, NOT_FOUND } = use(fetchParts());
  return (
    <Switch>
      {(admin ? FOR_ADMINS : FOR_USERS).map((page) => (
        <Route key={page.path} path={page.path}>
          <FetchedPart part={page} give={{}} />
        </Route>
      ))}
      <Route>
        <FetchedPart part={NOT_FOUND} give={{}} />
      </Route>
    </Switch>
  );
}

function BusyIcon() {
  useBusyIcon();
  return null;
}
