/** Something that is due: a message, or a chat where that is null; `whole` with its messages. `bytes` is its content as it is stored. */
export type Due = {
  bulk: boolean;
  id: number;
  chatId: string;
  messageId: string | null;
  whole: boolean;
  bytes: number;
};
