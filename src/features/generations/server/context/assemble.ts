/** The one place that decides what a model is told in a chat. Pure: no database, no clock. */
import type { ContextStamp } from '#features/contexts/contexts.ts';
import {
  BETWEEN_LAYERS,
  type Layer,
  type LayerTexts,
  spokenLayers,
  systemTextOf,
} from '#features/contexts/rules.ts';
import type { TokenRatios } from '#features/endpoints/server/index.ts';
import type { ProviderMessage } from '#providers/provider.ts';
import { estimateMessage, estimateText, sumTokens, type Tokens, tokensOf } from './estimate-tokens.ts';
import { fitHistory, type History, type PastMessage } from './fit-history.ts';
import { hashRequest } from './hash-request.ts';
import type { Window } from './window.ts';

export type Ingredients = {
  /** The model's name at its endpoint. */
  model: string;
  parameters: Record<string, unknown>;
  /** Whose instructions are the agent's; null: no agent answers. */
  agentId: string | null;
  layers: LayerTexts;
  history: History;
  /** What is answered; null when it is gone. */
  message: PastMessage | null;
  /** What a continued reply begins with; else null. */
  opening: { id: string; text: string } | null;
  window: Window;
  ratios: TokenRatios;
};

/** One thing that a model is told, and where it comes from. */
export type Told = {
  role: ProviderMessage['role'];
  layer: Layer | 'history' | 'message';
  version?: number;
  messageId?: string;
  text: string;
  tokens: Tokens;
};

export type Composed = {
  messages: ProviderMessage[];
  /** The same, apart by layers and with their origin. */
  told: Told[];
  tokens: Tokens;
  sha256: string;
};

/** What a model is told when all of `history` goes: the layers, it, the message and what its reply begins with, in this order. */
export function compose(
  given: Omit<Ingredients, 'agentId' | 'history' | 'window' | 'ratios'> & { history: readonly PastMessage[] },
): Composed {
  const { model, parameters } = given;
  const layers = toldByLayers(given.layers);
  const history = given.history
    .filter(({ text }) => text !== '')
    .map((message) => fromPast(message, 'history'));
  const turns = [...history, ...toldAtTheEnd(given)];
  const told = [...layers, ...turns];
  const messages = [...systemMessage(given.layers), ...turns.map(toMessage)];
  const tokens = sumTokens(told.map((one) => one.tokens));
  return { messages, told, tokens, sha256: hashRequest({ model, parameters, messages }) };
}

/** The same, of the history as much as fits beside all the others, which always go; with the stamp of the reply. */
export function assemble(given: Ingredients): Composed & { stamp: ContextStamp } {
  const { layers, ratios, window } = given;
  const fixed = [...toldByLayers(layers), ...toldAtTheEnd(given)];
  const taken = tokensOf(sumTokens(fixed.map(({ tokens }) => tokens)), ratios);
  const { kept, omitted } = fitHistory(given.history, window.room - taken, ratios);
  const composed = compose({ ...given, history: kept });
  const stamp: ContextStamp = {
    primary: layers.primary?.version ?? null,
    personal: layers.personal?.version ?? null,
    project: layers.project?.version ?? null,
    agent: layers.agent?.version ?? null,
    chat: layers.chat?.version ?? null,
    agentId: given.agentId,
    omitted,
    estimatedTokens: tokensOf(composed.tokens, ratios),
    sha256: composed.sha256,
  };
  return { ...composed, stamp };
}

/** Tokens of what always goes: the layers, what is answered and what its reply begins with. */
export const tokensOfFixed = (
  { layers, text, opening }: { layers: LayerTexts; text: string; opening: string | null },
  ratios: TokenRatios,
): number =>
  tokensOf(
    sumTokens([
      ...toldByLayers(layers).map(({ tokens }) => tokens),
      estimateMessage(text),
      ...(opening === null ? [] : [estimateMessage(opening)]),
    ]),
    ratios,
  );

function toldByLayers(layers: LayerTexts): Told[] {
  return spokenLayers(layers).map(({ layer, version, text }, index) => {
    const tokens = index === 0 ? estimateMessage(text) : estimateText(BETWEEN_LAYERS + text);
    return { role: 'system', layer, version, text, tokens };
  });
}

/** The layers are one message: models take one system text, and many of them no more than one. */
function systemMessage(layers: LayerTexts): ProviderMessage[] {
  const text = systemTextOf(layers);
  return text === '' ? [] : [{ role: 'system', text }];
}

function toldAtTheEnd({ message, opening }: Pick<Ingredients, 'message' | 'opening'>): Told[] {
  return [
    ...(message && message.text !== '' ? [fromPast(message, 'message')] : []),
    ...(opening
      ? [
          {
            role: 'assistant',
            layer: 'message',
            messageId: opening.id,
            text: opening.text,
            tokens: estimateMessage(opening.text),
          } as const,
        ]
      : []),
  ];
}

const fromPast = ({ id, role, text, tokens }: PastMessage, layer: 'history' | 'message'): Told => ({
  role,
  layer,
  messageId: id,
  text,
  tokens,
});

/** Nothing that is a tool's comes this far: it has no text of its own (`toPast`). */
const toMessage = ({ role, text }: Told): ProviderMessage => ({ role, text }) as ProviderMessage;
