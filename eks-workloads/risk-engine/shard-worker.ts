import type { Instant } from '../../domain/kernel/instant';
import { rereadFrom } from '../../engines/risk/catch-up';
import { RiskEngine } from '../../engines/risk/engine';
import type { EngineParts } from '../../engines/risk/engine-parts';
import { type ShardWorker, shardOf } from '../../engines/risk/shards';
import { TradeTape } from '../../engines/risk/trade-tape';
import type { composeRisk } from '../../runtime/compose/risk';
import { startEvery } from '../../runtime/loop';
import type { Fence } from '../../usecases/ports/accounts/account-store';

type Outside = Awaited<ReturnType<typeof composeRisk>>;
type WorkerParts = Pick<EngineParts, 'metrics' | 'onFailure'> & {
  readonly outside: Outside;
  /** Neither the topic nor the archive has all quotes since then, so nobody can say what they would have decided. */
  readonly onLost: (since: Instant, exposed: number) => void;
};

export type EngineWorker = ShardWorker & { readonly engine: RiskEngine; readonly isReading: () => boolean };

const DUE_EVERY_MS = 500;
const RECONCILE_EVERY_MS = 60_000;
const CHECKPOINT_EVERY_MS = 5_000;

/**
 * Watches a shard: takes up its accounts, judges them at the quotes that came since its owner before, at their own
 * time, and goes on live. Days and deadlines are left until those quotes are through.
 */
export async function startShard(
  { outside, metrics, onFailure, onLost }: WorkerParts,
  fence: Fence,
  seenUntil: Instant | undefined,
): Promise<EngineWorker> {
  const tape = new TradeTape();
  const engine = new RiskEngine({
    ...outside,
    ...outside.judgeWith(tape),
    tape,
    fence,
    metrics,
    onFailure,
    isMine: (id) => shardOf(id, outside.shards) === fence.shard,
  });
  // The position of the events is taken first: what happens while the accounts load is read afterwards.
  const reader = await outside.openReader(seenUntil && rereadFrom(seenUntil));
  await engine.load();
  const exposed = [...engine.watchlist.exposed()].length;
  void reader.isWhole.then((isWhole) => {
    if (seenUntil !== undefined && !isWhole) onLost(seenUntil, exposed);
  });
  await reader.start((event) => engine.onEvent(event));
  const failed = (what: string) => (error: unknown) => onFailure(error, what);
  const caughtUp = reader.caughtUp.then(() => engine.takeUp()).catch(failed('the shard was not taken up'));
  let isLive = false;
  void caughtUp.then(() => {
    isLive = true;
  });
  const whenLive = (work: () => Promise<void> | void) => async () => {
    if (isLive) await work();
  };
  const loops = [
    startEvery(
      DUE_EVERY_MS,
      whenLive(() => engine.runDue()),
      failed('days and deadlines were not looked at'),
    ),
    startEvery(
      CHECKPOINT_EVERY_MS,
      whenLive(() => engine.checkpoint()),
      failed('peaks were not saved'),
    ),
    startEvery(
      RECONCILE_EVERY_MS,
      whenLive(() => engine.reconcile()),
      failed('accounts could not be compared'),
    ),
  ];
  return {
    engine,
    isReading: () => isLive && reader.isReading(),
    // While it catches up, only what the owner before had judged counts as judged.
    judgedUntil: () => (isLive ? engine.judgedUntil() : undefined),
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
      await reader.stop();
      await engine.close();
    },
  };
}
