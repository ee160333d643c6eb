import { FetchedPart } from '#web/i18n/fetched-part.tsx';
import { AGENT_PAGES } from './parts.ts';

/** All pages of agents: by this way the first load names one file, and not the words of four rooms. */
export default function AllPages() {
  return <FetchedPart part={AGENT_PAGES} give={{}} />;
}
