/** The panel in which a chat's title, tags, description and metadata are read and changed. */
import { type FormEvent, useEffect, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { CHAT_INSTRUCTIONS } from '#features/contexts/web/index.ts';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { LaterPart } from '#web/i18n/fetched-part.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { TextArea, TextField } from '#web/ui/field.tsx';
import { Panel } from '#web/ui/panel.tsx';
import type { Chat } from '../chats.ts';
import { changeChat } from './change-chat.ts';
import { forgetDetailsForm, useDetailsForm } from './details-form.ts';
import { TITLE_LENGTH } from './limits.ts';
import { MetadataFields } from './metadata-fields.tsx';
import { TagsField } from './tags-field.tsx';
import { useChat } from './use-chats.ts';
import { useFollowedChat } from './use-followed-chat.ts';

type DetailsPanelProps = { subject: string; onClose: () => void };

export default function DetailsPanel({ subject, onClose }: DetailsPanelProps) {
  const t = useTranslations('details');
  const { data: chat } = useChat(subject, true);
  useFollowedChat(onClose);
  const gone = chat === null;
  useEffect(() => {
    if (gone) onClose();
  }, [gone, onClose]);
  if (!chat) return null;
  const giveUp = () => {
    forgetDetailsForm(chat.id);
    onClose();
  };
  return (
    <Panel title={t('title')} description={t('description')} onClose={giveUp}>
      <Form key={chat.id} chat={chat} onDone={giveUp} />
      <LaterPart part={CHAT_INSTRUCTIONS} give={{ chatId: chat.id }} />
    </Panel>
  );
}

function Form({ chat, onDone }: { chat: Chat; onDone: () => void }) {
  const t = useTranslations('details');
  const words = useErrorWords();
  const format = useFormatter();
  const { form, patch, change } = useDetailsForm(chat);
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await changeChat(chat, patch);
      onDone();
    } catch (error) {
      setProblem(words(error));
    }
  };
  const time = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <TextField
        label={t('name')}
        dir="auto"
        value={form.title}
        maxLength={TITLE_LENGTH}
        onChange={(event) => change({ title: event.target.value })}
      />
      <TagsField text={form.tags} onChange={(tags) => change({ tags })} />
      <TextArea
        label={t('about')}
        dir="auto"
        hint={t('aboutHint')}
        rows={3}
        value={form.description}
        onChange={(event) => change({ description: event.target.value })}
      />
      <MetadataFields rows={form.rows} onChange={(rows) => change({ rows })} />
      <p className="text-note text-pretty text-muted tabular-nums">
        {t('times', { created: time(chat.createdAt), active: time(chat.activeAt) })}
      </p>
      <DialogFooter action={t('save')} problem={problem} onCancel={onDone} />
    </form>
  );
}
