import { DatabaseUnavailable } from './database-errors';

type Parts<Item> = {
  /** How many items can go together, rising from 1. */
  readonly sizes: readonly number[];
  /** Two items of one key never go together. */
  readonly keyOf: (item: Item) => string;
  /** Does all or none of it; answers with the keys of those that took effect. */
  readonly run: (items: readonly Item[]) => Promise<ReadonlySet<string>>;
};

type Waiting<Item> = {
  readonly item: Item;
  readonly resolve: (tookEffect: boolean) => void;
  readonly reject: (error: unknown) => void;
};

/** While the server works on one group, the process works on the answers of the other. */
const UNDER_WAY_MAX = 2;

/**
 * Does one item's work together with that of others that wait at the same time: a lone item goes at once, and nobody
 * waits for a clock. Where a group fails each of its items is tried alone, so that no item suffers for another; a
 * database that cannot be reached is the same to all.
 */
export function statementBatcher<Item>({ sizes, keyOf, run }: Parts<Item>): (item: Item) => Promise<boolean> {
  let waiting: readonly Waiting<Item>[] = [];
  let underWay = 0;
  let isDue = false;

  const runGroup = async (group: readonly Waiting<Item>[]): Promise<void> => {
    try {
      const tookEffect = await run(group.map(({ item }) => item));
      for (const { item, resolve } of group) resolve(tookEffect.has(keyOf(item)));
    } catch (error) {
      if (group.length > 1 && !(error instanceof DatabaseUnavailable)) for (const one of group) await runGroup([one]);
      else for (const { reject } of group) reject(error);
    }
  };

  /** The longest waiting, at most their share of the free places, in a size that can go. */
  const take = (): readonly Waiting<Item>[] => {
    const share = Math.ceil(waiting.length / (UNDER_WAY_MAX - underWay));
    const first = new Map<string, Waiting<Item>>();
    for (const one of waiting) if (!first.has(keyOf(one.item))) first.set(keyOf(one.item), one);
    const size = sizes.findLast((each) => each <= Math.min(share, first.size)) ?? 1;
    const group = new Set([...first.values()].slice(0, size));
    waiting = waiting.filter((one) => !group.has(one));
    return [...group];
  };

  const goOn = (): void => {
    isDue = false;
    for (; underWay < UNDER_WAY_MAX && waiting.length > 0; underWay++) {
      void runGroup(take()).finally(() => {
        underWay--;
        beDue();
      });
    }
  };

  /** At the end of this turn of the event loop, when all that it brings is waiting. */
  const beDue = (): void => {
    if (isDue || waiting.length === 0 || underWay === UNDER_WAY_MAX) return;
    isDue = true;
    setImmediate(goOn);
  };

  return (item) =>
    new Promise((resolve, reject) => {
      waiting = [...waiting, { item, resolve, reject }];
      beDue();
    });
}
