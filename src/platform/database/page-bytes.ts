/** What one page of a list may hold at most of what people write; what is larger by itself comes alone. */
export const PAGE_BYTES = 2 * 1024 * 1024;
