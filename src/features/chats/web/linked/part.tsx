import { Gap, type GapProps } from '../window/gap.tsx';
import { GoToMessage, type GoToMessageProps } from './go-to-message.tsx';

/** What links far up a chat need, in one file. */
export default function Linked(props: GoToMessageProps | GapProps) {
  return 'gap' in props ? <Gap {...props} /> : <GoToMessage {...props} />;
}
