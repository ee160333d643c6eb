import { Plus, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { Button, IconButton } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { DialogFooter } from '#web/ui/dialog-footer.tsx';
import { INPUT, TextArea, TextField } from '#web/ui/field.tsx';
import type { Chat } from '../chats.ts';
import { changeChat } from './change-chat.ts';
import { closeDetails, useDetails } from './details-state.ts';
import { TITLE_LENGTH } from './limits.ts';
import { fromRows, type MetadataRow, toRows } from './metadata-rows.ts';
import { useChat } from './use-chats.ts';

/** The window in which a chat's title, tags, description and metadata are read and changed. */
export default function DetailsDialog() {
  const t = useTranslations('details');
  const chatId = useDetails((state) => state.chatId);
  const { data: chat } = useChat(chatId, true);
  if (!chatId || !chat) return null;
  return (
    <Dialog title={t('title')} description={t('description')} onClose={closeDetails} wide>
      <DetailsForm key={chat.id} chat={chat} />
    </Dialog>
  );
}

function DetailsForm({ chat }: { chat: Chat }) {
  const t = useTranslations('details');
  const words = useErrorWords();
  const format = useFormatter();
  const [title, setTitle] = useState(chat.title);
  const [tags, setTags] = useState(chat.tags.join(', '));
  const [description, setDescription] = useState(chat.description);
  const [rows, setRows] = useState<MetadataRow[]>(() => toRows(chat.metadata));
  const [problem, setProblem] = useState<string | null>(null);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await changeChat(chat, {
        title: title.trim(),
        tags: [
          ...new Set(
            tags
              .split(',')
              .map((tag) => tag.trim())
              .filter(Boolean),
          ),
        ],
        description,
        metadata: fromRows(rows),
      });
      closeDetails();
    } catch (error) {
      setProblem(words(error));
    }
  };
  const time = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <TextField
        label={t('name')}
        value={title}
        maxLength={TITLE_LENGTH}
        onChange={(e) => setTitle(e.target.value)}
      />
      <TextField
        label={t('tags')}
        hint={t('tagsHint')}
        value={tags}
        onChange={(e) => setTags(e.target.value)}
      />
      <TextArea
        label={t('about')}
        hint={t('aboutHint')}
        rows={3}
        value={description}
        onChange={(e) => setDescription(e.target.value)}
      />
      <MetadataFields rows={rows} onChange={setRows} />
      <p className="text-[13px] text-muted tabular-nums">
        {t('times', { created: time(chat.createdAt), active: time(chat.activeAt) })}
      </p>
      <DialogFooter action={t('save')} problem={problem} onCancel={closeDetails} />
    </form>
  );
}

type MetadataFieldsProps = { rows: MetadataRow[]; onChange: (rows: MetadataRow[]) => void };

function MetadataFields({ rows, onChange }: MetadataFieldsProps) {
  const t = useTranslations('details');
  const change = (id: number, part: Partial<MetadataRow>) =>
    onChange(rows.map((row) => (row.id === id ? { ...row, ...part } : row)));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('metadata')}</legend>
      {rows.map((row) => (
        <div key={row.id} className="flex gap-2">
          <input
            aria-label={t('key')}
            placeholder={t('key')}
            className={`${INPUT} h-10 w-1/3`}
            value={row.key}
            onChange={(e) => change(row.id, { key: e.target.value })}
          />
          <input
            aria-label={t('value')}
            placeholder={t('value')}
            className={`${INPUT} h-10 flex-1`}
            value={row.value}
            onChange={(e) => change(row.id, { value: e.target.value })}
          />
          <IconButton
            label={t('removeField')}
            onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
          >
            <X size={16} />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          small
          look="quiet"
          onClick={() =>
            onChange([...rows, { id: Math.max(0, ...rows.map(({ id }) => id)) + 1, key: '', value: '' }])
          }
        >
          <Plus size={15} aria-hidden />
          {t('addField')}
        </Button>
      </div>
    </fieldset>
  );
}
