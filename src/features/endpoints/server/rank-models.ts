import type { ListedModel } from '#providers/provider.ts';

/** Models that cannot chat; servers list them all the same. */
const NOT_FOR_CHAT =
  /embed|whisper|tts|dall-e|moderation|rerank|image|audio|realtime|transcribe|davinci|babbage|instruct-0914|sora|guard/i;
/** OpenAI's list has no useful order and more than fifty entries; these are what people mean. */
const COMMON = [/^gpt-5(\.\d+)?(-mini)?$/, /^gpt-4\.1(-mini)?$/, /^gpt-4o(-mini)?$/, /^claude-/, /^gpt-/];

/** The server's order, but with what people most likely want first and what cannot chat last. */
export function rankModels(models: ListedModel[]): ListedModel[] {
  const rank = ({ name }: ListedModel) => {
    if (NOT_FOR_CHAT.test(name)) return COMMON.length + 1;
    const common = COMMON.findIndex((pattern) => pattern.test(name));
    return common < 0 ? COMMON.length : common;
  };
  return models.toSorted((a, b) => rank(a) - rank(b));
}
