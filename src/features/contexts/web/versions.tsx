import { restoreVersion, useVersions } from './use-instructions.ts';
import { VersionList } from './version-list.tsx';

type VersionsProps = {
  path: string;
  /** The version in force. */
  current: number;
  /** The text in the field. */
  text: string;
};

/** The versions of instructions. */
export default function Versions({ path, current, text }: VersionsProps) {
  const list = useVersions(path);
  const restore = async (version: number) => (await restoreVersion(path, version)).version;
  return <VersionList list={list} current={current} text={text} onRestore={restore} />;
}
