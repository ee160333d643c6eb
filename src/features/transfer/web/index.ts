/** What other features may show of what goes out. */
export { OwnDataLink } from './own-data.tsx';
