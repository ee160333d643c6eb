/** What other features may use of the messages' server side. */
export { aboveOf } from './above-of.ts';
export { type AddedMessage, addMessages } from './add-messages.ts';
export { assertMessageOf } from './assert-message-of.ts';
export { branchOf } from './branch-of.ts';

export { presentBranch } from './present-branch.ts';
export { type MessageRow, presentMessage } from './present-message.ts';
export { readMessage } from './read-message.ts';
export { siblingsOf } from './siblings-of.ts';
