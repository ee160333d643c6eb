import { ChevronsUpDown, LogIn, LogOut, UserRound } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { useLocation } from 'wouter';
import { useErrorWords } from '#web/api/use-error-words.ts';
import { basePath } from '#web/base-path.ts';
import { type NavItem, useNavigation } from '#web/pages.ts';
import { Menu, type MenuEntry } from '#web/ui/menu.tsx';
import { toast } from '#web/ui/toast.tsx';
import { openWindow } from '#web/ui/windows.ts';
import { signOut, useMe } from './use-me.ts';

/** Who is here, and what is theirs beyond chats. */
export function AccountMenu() {
  const t = useTranslations('account');
  const nameOf = useTranslations('nav');
  const own = useNavigation('own');
  const forAdmins = useNavigation('admin');
  const words = useErrorWords();
  const { data: me } = useMe();
  const [, navigate] = useLocation();
  if (!me) return null;
  const guest = me.role === 'guest';
  const name = guest ? t('guest') : me.name || me.email;
  // The page starts anew, so that nothing of this person stays in its memory.
  const leave = () =>
    signOut().then(
      () => location.assign(`${basePath}/sign-in`),
      (error) => toast(words(error)),
    );
  const entryOf = (item: NavItem): MenuEntry => ({
    icon: <item.icon size={16} />,
    label: nameOf(item.word),
    run: () => ('path' in item ? navigate(item.path) : openWindow(item.window)),
  });
  const entries: MenuEntry[] = [
    ...(guest ? [] : [{ note: me.email }]),
    ...own.map(entryOf),
    ...(forAdmins.length > 0 ? ['line' as const, ...forAdmins.map(entryOf)] : []),
    'line',
    guest
      ? { icon: <LogIn size={16} />, label: t('signIn'), run: () => navigate('/sign-in') }
      : { icon: <LogOut size={16} />, label: t('signOut'), run: () => void leave() },
  ];
  return (
    <Menu
      align="start"
      side="top"
      className="w-[calc(var(--sidebar-width)-1rem)]"
      trigger={
        <button
          type="button"
          aria-label={t('menu', { name })}
          className="flex h-11 w-full items-center gap-2.5 rounded-medium px-2 text-left text-sm transition-colors hover:bg-hover data-[state=open]:bg-hover"
        >
          <span className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-xs font-semibold text-accent uppercase">
            {guest ? <UserRound size={15} aria-hidden /> : name.slice(0, 1)}
          </span>
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <ChevronsUpDown size={15} className="shrink-0 text-muted" aria-hidden />
        </button>
      }
      entries={entries}
    />
  );
}
