/** One run of a model: from a claim to its one ending. Everything that can go wrong on the way is an ending too. */
import { DEFAULT_TIMEOUTS, type Timeouts } from '#features/endpoints/endpoints.ts';
import { mayDirect, providerFor } from '#features/endpoints/server/index.ts';
import { cancelTopic } from '#platform/live-bus/live-bus.ts';
import { toDetail } from '#platform/sentences.ts';
import type { Services } from '#platform/services.ts';
import type { ProviderOutcome } from '#providers/provider.ts';
import { EMPTY_REPLY, type ReplyState } from '../../apply-event.ts';
import { type AssembledContext, assembleContext } from '../context/assemble-context.ts';
import { noteTokens } from '../context/note-tokens.ts';
import { type EndedGeneration, tellEnded } from '../observations.ts';
import type { Claimed } from '../queue/claim.ts';
import { costOf } from '../queue/fair-share.ts';
import { say } from '../say.ts';
import type { GenerationEnd } from '../stream/ending-event.ts';
import { fold, readLog } from '../stream/event-log.ts';
import type { EventStream, EventWriter } from '../stream/event-writer.ts';
import { type CallResult, callProvider } from './call-provider.ts';
import { countTokens, estimateInput } from './count-tokens.ts';
import { finishGeneration } from './finish-generation.ts';
import { takeHealthNotes } from './note-health.ts';
import { openReply } from './open-reply.ts';
import type { RetryBudget } from './retry-budget.ts';
import { type TimeoutCode, timeoutError, timeoutSentence } from './run-timeouts.ts';
import { readPatiently, storeSurely } from './store-surely.ts';
import { stageTeller } from './tell-stage.ts';
import { WORKER_LOST } from './worker-lost.ts';

/** A run as its worker sees it. */
export type Run = {
  readonly claimed: Claimed;
  /** Asks the run to end as cancelled. */
  cancel(): void;
  /** Ends the run because this process goes away; its text is kept. */
  interrupt(): void;
  /** Leaves the generation to whoever has it now; nothing more is written. */
  abandon(): void;
  /** True once something of the reply was logged, so that it cannot be started over unnoticed. */
  hasText(): boolean;
  /** Settles when the run is over, whatever the way. Never rejects. */
  readonly done: Promise<void>;
};

type Stop =
  | { kind: 'cancelled' }
  | { kind: 'abandoned' }
  | { kind: 'interrupted' }
  | { kind: 'timeout'; code: TimeoutCode };
type Progress = { result: CallResult | null; asked: AssembledContext | null; timeouts: Timeouts };

/** Starts running a generation that was claimed at `claimedAt`, on the monotonic clock, before the database was asked. */
export function runGeneration(
  services: Services,
  writer: EventWriter,
  budget: RetryBudget,
  claimed: Claimed,
  claimedAt: number,
): Run {
  const abort = new AbortController();
  const log = services.log.child({
    generationId: claimed.id,
    chatId: claimed.chatId,
    endpointId: claimed.endpointId,
  });
  const beginning = {
    modelId: claimed.modelId,
    messageId: claimed.messageId ?? claimed.id,
    opening: claimed.opening,
  };
  const notes = takeHealthNotes(services, claimed, log);
  let stopped: Stop | null = null;
  let stream: EventStream | null = null;
  const stop = (reason: Stop) => {
    stopped ??= reason;
    abort.abort();
  };
  const unsubscribe = services.bus.subscribe(cancelTopic(claimed.id), () => stop({ kind: 'cancelled' }));

  async function run(): Promise<void> {
    const startedAt = performance.now();
    const progress: Progress = { result: null, asked: null, timeouts: DEFAULT_TIMEOUTS };
    try {
      stream = writer.open(claimed.id, claimed.epoch, await loggedBefore(services, claimed), () =>
        stop({ kind: 'abandoned' }),
      );
      const outcome = await call(stream, progress);
      await noteHealth(outcome, progress);
      // What goes on from an earlier text keeps it, also when the model added nothing.
      if (
        claimed.opening !== null &&
        (progress.result?.ttftMs ?? null) === null &&
        stopped?.kind !== 'abandoned'
      )
        openReply(stream, { ...beginning, context: progress.asked?.stamp ?? null });
      const { entries, reply } = await stream.close();
      if (stopped?.kind === 'abandoned') return;
      const durationMs = Math.round(performance.now() - startedAt);
      const ending = endingOf(stopped, outcome, claimed, progress, reply, durationMs);
      // Beside the end, which need not wait for it.
      const noted = noteCount(progress);
      const logged = await storeSurely(log, () =>
        finishGeneration(
          services.db.$client,
          claimed,
          ending,
          { reply, unlogged: entries },
          services.bus.processId,
        ),
      );
      if (!logged) return;
      writer.publish(claimed.id, logged);
      tellEnded(services.bus, observed(claimed, ending));
      await noted;
      const said = outcome.ok ? undefined : outcome.failure.said;
      log.info(
        { state: ending.state, code: ending.error?.code, said, ...ending.metadata },
        'a generation ended',
      );
    } catch (error) {
      log.error(
        { err: error },
        'a generation could not be ended; its lease will run out and it will be taken over',
      );
    } finally {
      unsubscribe();
    }
  }

  /** False, and the run is left, when another worker has it by now. */
  async function stillOurs(): Promise<boolean> {
    if (performance.now() - claimedAt < services.clock.freshClaimMs) return true;
    const { rows } = await readPatiently(abort.signal, () =>
      services.db.$client.query<{ epoch: number; state: string }>(
        'SELECT epoch, state FROM generations WHERE id = $1',
        [claimed.id],
      ),
    );
    const ours = rows[0]?.epoch === claimed.epoch && rows[0].state === 'running';
    if (!ours) stop({ kind: 'abandoned' });
    return ours;
  }

  /** What the server counted corrects the next estimates; that they stay as they are hurts nobody. */
  async function noteCount({ result, asked }: Progress): Promise<void> {
    const counted = result?.outcome.ok ? result.inputTokens : null;
    if (counted === null || !asked?.tokens) return;
    await noteTokens(services.db, claimed, asked.tokens, counted).catch((error: unknown) =>
      log.warn({ err: error }, 'what a server counted could not be kept'),
    );
  }

  async function noteHealth(outcome: ProviderOutcome, { result, timeouts }: Progress): Promise<void> {
    if (result === null || (stopped && stopped.kind !== 'timeout')) return;
    await notes.ended(outcome, stopped && timeoutSentence(stopped.code, timeouts));
  }

  async function call(stream: EventStream, progress: Progress): Promise<ProviderOutcome> {
    try {
      const served = await readPatiently(abort.signal, () => providerFor(services, claimed.endpointId));
      if (!served) return REMOVED;
      const { provider, endpoint } = served;
      const { timeouts } = endpoint;
      progress.timeouts = timeouts;
      const asked = await readPatiently(abort.signal, () => assembleContext(services.db, claimed));
      progress.asked = asked;
      if (endpoint.kind === 'scripted')
        asked.request.isPlain = !(await readPatiently(abort.signal, () =>
          mayDirect(services.db.$client, claimed.userId),
        ));
      budget.called(claimed.endpointId);
      const tellStage = stageTeller(services, claimed, () => stream.logged.content.length > 0);
      progress.result = await callProvider({
        provider,
        request: asked.request,
        timeouts,
        ...beginning,
        context: asked.stamp,
        stream,
        signal: abort.signal,
        retryMs: services.clock.callRetryMs,
        mayAsk: stillOurs,
        mayRetry: () => endpoint.retryAt === null && budget.mayRetry(claimed.endpointId),
        onFirstToken: notes.firstToken,
        onStage(stage) {
          if (stage === 'loading_model') notes.loading();
          tellStage(stage);
        },
        onTimeout: (code) => stop({ kind: 'timeout', code }),
      });
      return progress.result.outcome;
    } catch (error) {
      log.error({ err: error }, 'a generation failed inside Parley');
      return { ok: false, failure: { code: 'endpoint_error', sentence: say('run_broke'), retryable: true } };
    }
  }

  return {
    claimed,
    cancel: () => stop({ kind: 'cancelled' }),
    interrupt: () => stop({ kind: 'interrupted' }),
    abandon: () => stop({ kind: 'abandoned' }),
    hasText: () => (stream?.logged.content.length ?? 0) > 0,
    done: run(),
  };
}

/** An ending as it is counted. */
function observed(claimed: Claimed, { state, error, metadata }: GenerationEnd): EndedGeneration {
  const waitMs = Math.max(0, claimed.startedAt.getTime() - claimed.queuedAt.getTime());
  return { ...metadata, modelId: claimed.modelId, state, code: error?.code ?? null, waitMs };
}

const REMOVED: ProviderOutcome = {
  ok: false,
  failure: {
    code: 'endpoint_unreachable',
    sentence: say('endpoint_removed'),
    retryable: false,
  },
};

/** What an earlier claim of the same generation logged: at most its start, or it would not have been queued again. */
async function loggedBefore(services: Services, claimed: Claimed): Promise<ReplyState> {
  return claimed.epoch > 1 ? fold(await readLog(services.db.$client, claimed.id, 0)) : EMPTY_REPLY;
}

function endingOf(
  stopped: Stop | null,
  outcome: ProviderOutcome,
  claimed: Claimed,
  { result, asked, timeouts }: Progress,
  reply: ReplyState,
  durationMs: number,
): GenerationEnd {
  const request = asked?.request ?? null;
  const tokens = countTokens(result, outcome.ok, request, reply.content, claimed.opening?.length ?? 0);
  const metadata = {
    model: claimed.modelId,
    ...tokens,
    ttftMs: result?.ttftMs ?? null,
    durationMs,
  };
  const called = result !== null;
  const cost = called ? costOf(tokens.inputTokens ?? estimateInput(request), tokens.outputTokens ?? 0) : 0;
  const context = asked?.stamp ?? null;
  const common = { metadata, cost, finishReason: null, error: null, context };
  if (stopped?.kind === 'timeout')
    return { ...common, state: 'timed_out', error: timeoutError(stopped.code, timeouts) };
  if (stopped?.kind === 'interrupted') return { ...common, state: 'interrupted', error: WORKER_LOST };
  if (stopped) return { ...common, state: 'cancelled' };
  if (outcome.ok) return { ...common, state: 'completed', finishReason: outcome.finishReason };
  const { code, sentence, retryable } = outcome.failure;
  return { ...common, state: 'failed', error: { code, ...toDetail(sentence), retryable } };
}
