import { useTranslations } from 'use-intl';
import { SearchedList } from '#web/ui/searched-list.tsx';
import { useModelOptions } from './use-model-options.tsx';

type ModelOptionsProps = {
  chosen: readonly string[];
  /** More than one may be chosen. */
  several?: boolean;
  onChoose: (id: string) => void;
};

/** The models to choose from, searched by their names and those of their endpoints. */
export function ModelOptions(props: ModelOptionsProps) {
  const t = useTranslations('models');
  const { models, isPending, optionOf } = useModelOptions();
  const find = (search: string) => {
    const words = search.toLowerCase().split(/\s+/);
    return models.filter(({ id }) => words.every((word) => id.toLowerCase().includes(word))).map(optionOf);
  };
  const none = isPending ? t('loading') : models.length > 0 ? t('notFound') : t('none');
  return <SearchedList {...props} label={t('choose')} search={t('search')} find={find} none={none} />;
}
