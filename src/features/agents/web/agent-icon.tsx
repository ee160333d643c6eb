import {
  BookOpen,
  Bot,
  ChartLine,
  CodeXml,
  FlaskConical,
  Globe,
  GraduationCap,
  Languages,
  Lightbulb,
  type LucideIcon,
  PenLine,
  Scale,
  Sparkles,
} from 'lucide-react';
import { Tile } from '#web/ui/tile.tsx';

/** What an agent may be marked with, by the name that is stored. */
export const ICONS = {
  bot: Bot,
  pen: PenLine,
  book: BookOpen,
  code: CodeXml,
  chart: ChartLine,
  flask: FlaskConical,
  languages: Languages,
  school: GraduationCap,
  scale: Scale,
  globe: Globe,
  idea: Lightbulb,
  sparkles: Sparkles,
} as const satisfies Record<string, LucideIcon>;
export type IconName = keyof typeof ICONS;
export const ICON_NAMES = Object.keys(ICONS) as IconName[];

export const isIconName = (icon: string): icon is IconName => Object.hasOwn(ICONS, icon);

/** Longer than this it is a name that this page does not know. */
const SYMBOL_LENGTH = 8;

/** The mark of an agent: an icon by its name, or a symbol that a program gave it. */
export function AgentIcon({ icon, size = 16 }: { icon: string; size?: number }) {
  if (icon !== '' && !isIconName(icon) && icon.length <= SYMBOL_LENGTH && !/\w/.test(icon))
    return (
      <span aria-hidden style={{ fontSize: size }} className="leading-none">
        {icon}
      </span>
    );
  const Icon = ICONS[isIconName(icon) ? icon : 'bot'];
  return <Icon size={size} className="shrink-0" aria-hidden />;
}

/** The same on a tile, beside a name. */
export const AgentTile = ({ icon, large = false }: { icon: string; large?: boolean }) => (
  <Tile large={large} draw={(size) => <AgentIcon icon={icon} size={size} />} />
);
