/** The pages by address, once it is known who is here. */
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Route, Router, Switch, useRoute } from 'wouter';
import { useMe } from '#features/accounts/web/index.ts';
import { ChatPage } from '#features/chats/web/index.ts';
import { queryClient } from '#web/api/query-client.ts';
import { basePath } from '#web/base-path.ts';
import { Translations } from '#web/i18n/i18n.tsx';
import { ErrorBoundary } from '#web/ui/error-boundary.tsx';
import { Toasts } from '#web/ui/toast.tsx';
import { Announcer } from './shell/announcer.tsx';
import { NotFound } from './shell/not-found.tsx';
import { Shell } from './shell/shell.tsx';
import { Broken, StartScreen } from './shell/start-screen.tsx';
import { useLive } from './shell/use-live.ts';
import { usePageTitle } from './shell/use-page-title.ts';

const ArchivePage = lazy(() => import('#features/chats/web/archive-page.tsx'));
const ApiKeysPage = lazy(() => import('#features/gateway/web/keys-page.tsx'));
const UsersPage = lazy(() => import('#features/accounts/web/users-page.tsx'));
const QueuePage = lazy(() => import('#features/ops/web/queue-page.tsx'));
const UsagePage = lazy(() => import('#features/usage/web/usage-page.tsx'));
const EndpointsPage = lazy(() => import('#features/endpoints/web/endpoints-page.tsx'));
const SignInPage = lazy(async () => ({
  default: (await import('#features/accounts/web/auth-page.tsx')).SignInPage,
}));
const SignUpPage = lazy(async () => ({
  default: (await import('#features/accounts/web/auth-page.tsx')).SignUpPage,
}));

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Translations>
        <Router base={basePath}>
          <ErrorBoundary fallback={() => <Broken />}>
            <Suspense fallback={null}>
              <Switch>
                <Route path="/sign-in" component={SignInPage} />
                <Route path="/sign-up" component={SignUpPage} />
                <Route component={Inside} />
              </Switch>
            </Suspense>
          </ErrorBoundary>
          <Toasts />
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
  const chatId = isChat ? params.chatId : null;
  useLive(me.data?.id ?? null);
  if (me.isPending) return <StartScreen />;
  // A person known before stays here while the server is away.
  if (me.isError && me.data === undefined) return <StartScreen failed onRetry={() => void me.refetch()} />;
  if (!me.data) return <SignInPage />;
  const admin = me.data.role === 'admin';
  return (
    <Shell currentId={chatId}>
      <PageTitle chatId={chatId} />
      {isChat || isNew ? (
        <ChatPage chatId={chatId} />
      ) : (
        <Suspense fallback={null}>
          <Switch>
            <Route path="/archive" component={ArchivePage} />
            <Route path="/usage" component={UsagePage} />
            <Route path="/keys" component={ApiKeysPage} />
            {admin && <Route path="/admin/endpoints" component={EndpointsPage} />}
            {admin && <Route path="/admin/queue" component={QueuePage} />}
            {admin && <Route path="/admin/users" component={UsersPage} />}
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      )}
      <Announcer chatId={chatId} />
    </Shell>
  );
}

function PageTitle({ chatId }: { chatId: string | null }) {
  usePageTitle(chatId);
  return null;
}
