/** What somebody has replies made with in all their chats, where nothing more specific says so. */
import { useMe } from '#features/accounts/web/index.ts';
import type { ModelSettings } from '#features/settings/settings.ts';
import { refreshLayered, useLayered } from '#features/settings/web/index.ts';
import { api } from '#web/api/http.ts';
import { queryClient } from '#web/api/query-client.ts';
import { SettingsForm } from './settings-form.tsx';

export default function PersonalForm() {
  const { data: me } = useMe();
  const { data: said } = useLayered('settings');
  const save = async (settings: ModelSettings) => {
    // At once, so that the next change is made to it.
    queryClient.setQueryData(['me'], { ...me, settings });
    try {
      queryClient.setQueryData(['me'], await api('PATCH', '/api/v1/me', { settings }));
    } catch (error) {
      queryClient.setQueryData(['me'], me);
      throw error;
    }
    refreshLayered();
  };
  return me ? <SettingsForm layer="personal" own={me.settings} said={said ?? null} onSave={save} /> : null;
}
