/** Saying which of compared replies is better. Both throw `ApiError`. */
import type { NewPreference, Preference } from '#features/messages/opinions.ts';
import { api } from '#web/api/http.ts';
import { readBranch } from '../tree/tree-actions.ts';
import type { ComparedReply } from './use-compared.ts';
import { awaitFocus, useViews } from './views.ts';

type Judged = Pick<NewPreference, 'chosen' | 'verdict' | 'reason'>;

/** Keeps what the reader thinks of the replies, `chosen` being the one to go on with, and shows that one by itself. */
export async function prefer(message: ComparedReply, judged: Judged): Promise<void> {
  await post(message, judged);
  const { id, chatId, parentId } = message;
  awaitFocus(parentId!);
  await readBranch(chatId, judged.chosen ?? id);
  useViews.setState({ [parentId!]: undefined });
}

/** Adds why to what was said. */
export async function explain(message: ComparedReply, judged: Judged): Promise<void> {
  await post(message, judged);
  await readBranch(message.chatId, message.id);
}

function post({ parentId, compared }: ComparedReply, judged: Judged): Promise<Preference> {
  const over = compared.ids.filter((id) => id !== judged.chosen);
  return api<Preference>('POST', `/api/v1/messages/${parentId}/prefer`, { ...judged, over });
}
