import { type RefObject, useState } from 'react';
import { flushSync } from 'react-dom';
import { useLocale, useTranslations } from 'use-intl';
import { FieldList } from '../answering/field-list.tsx';
import { useCaret } from '../answering/use-caret.ts';
import { commandIn, meant, TYPED } from './command-words.ts';
import { type CommandPlace, useCommands } from './use-commands.tsx';

type CommandsProps = {
  place: CommandPlace;
  field: RefObject<HTMLTextAreaElement | null>;
  draft: string;
  onDraft: (text: string) => void;
};

/** Offers what can be done while `/` and a word are all that is typed. A text that is no command is left to be sent. */
export default function Commands({ place, field, draft, onDraft }: CommandsProps) {
  const t = useTranslations('commands');
  const language = useLocale() === 'ru' ? 'ru' : 'en';
  const commands = useCommands(place);
  const [closed, setClosed] = useState(false);
  const typed = commandIn(draft);
  // Whoever goes back into the word writes something else.
  const atEnd = useCaret(field, draft) === draft.length;
  const found = typed !== null && atEnd && !closed ? meant(commands, typed) : [];
  const options = found.map(({ id, name, icon: Icon }) => ({
    key: id,
    mark: <Icon size={16} aria-hidden />,
    name,
    note: `/${TYPED[id][language]}`,
  }));
  const choose = (key: string) => {
    flushSync(() => onDraft(''));
    found.find(({ id }) => id === key)?.run();
  };
  return (
    <FieldList
      field={field}
      label={t('list')}
      said={t('found', { count: options.length })}
      options={options}
      onChoose={choose}
      onClose={() => setClosed(true)}
    />
  );
}
