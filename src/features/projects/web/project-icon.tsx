import {
  BookOpen,
  ChartLine,
  CodeXml,
  FlaskConical,
  Folder,
  Globe,
  GraduationCap,
  Lightbulb,
  type LucideIcon,
  PenLine,
  Rocket,
} from 'lucide-react';
import { Tile } from '#web/ui/tile.tsx';

/** What a project may be marked with, by the name that is stored. */
export const ICONS = {
  folder: Folder,
  book: BookOpen,
  flask: FlaskConical,
  code: CodeXml,
  chart: ChartLine,
  pen: PenLine,
  globe: Globe,
  school: GraduationCap,
  idea: Lightbulb,
  rocket: Rocket,
} as const satisfies Record<string, LucideIcon>;
export type IconName = keyof typeof ICONS;
export const ICON_NAMES = Object.keys(ICONS) as IconName[];

export const isIconName = (icon: string): icon is IconName => Object.hasOwn(ICONS, icon);

/** The mark of a project; a folder where it has none that is known here. */
export function ProjectIcon({ icon, size = 16 }: { icon: string; size?: number }) {
  const Icon = ICONS[isIconName(icon) ? icon : 'folder'];
  return <Icon size={size} aria-hidden />;
}

/** The same on a tile, beside a title. */
export const ProjectTile = ({ icon, large = false }: { icon: string; large?: boolean }) => (
  <Tile large={large} draw={(size) => <ProjectIcon icon={icon} size={size} />} />
);
