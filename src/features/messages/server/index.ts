/** What other features may use of the messages' server side. */
export { aboveOf } from './above-of.ts';
export { type AddedMessage, addMessages } from './add-messages.ts';
export { assertMessageOf } from './assert-message-of.ts';
export { branchAround, branchBelow, type InnerPage } from './branch-below.ts';
export { branchOf } from './branch-of.ts';
export { changeMessage } from './change-message.ts';
export { chooseBranch, remember } from './choose-branch.ts';
export { replyIdAt } from './compared.ts';
export { copyBranch } from './copy-branch.ts';
export { repliesBelow, savePreference } from './preferences.ts';
export { presentBranch } from './present-branch.ts';
export { type MessageHome, type MessageRow, presentMessage } from './present-message.ts';
export { saveRating } from './ratings.ts';
export { readMessage } from './read-message.ts';
export { readTree } from './read-tree.ts';
export { findTombstone, putBack, removeMessage } from './remove-message.ts';
