import { Redirect } from 'wouter';

/** Where the archive was before it became a filter of all chats. */
export default function ArchiveRedirect() {
  return <Redirect to="/chats?archived=true" replace />;
}
