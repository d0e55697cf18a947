import type { Side } from '../../../domain/account/orders/order';
import type { RuleSet } from '../../../domain/assessment/rules/rule-set';
import { ppm } from '../../../domain/kernel/money';
import { RULES as STORY_RULES, YES } from '../../fixtures/domain-story';
import { Arena } from '../arena';

const DEEP = { bids: '5000@0.35', asks: '5000@0.65' } as const;
/** The trickster's own orders at the venue: a few shares inside the spread. */
const OFFERED = '5@0.36';
const BID_FOR = '5@0.64';

export type SameLot = {
  /** How often the lot is asked for, by each account in its turn. */
  readonly times: number;
  /** Accounts that take part; of one person, or each of another. */
  readonly accounts?: number;
  readonly isOnePerson?: boolean;
  readonly isProtected?: boolean;
  /** The lot leaves the venue's book for so long before each time. */
  readonly toggledForMs?: number;
  /** Resting limits that the book shows through, in place of orders that are filled at once. */
  readonly rests?: boolean;
  readonly volumeShareMax?: RuleSet['execution']['volumeShareMax'];
};

/**
 * Shows five real shares inside the spread and takes them here again and again; then bids for five, and sells all of
 * them. What the accounts won together, in dollars, at the end flat or marked at the bid.
 */
export async function sameLotTrick({
  times,
  accounts = 1,
  isOnePerson = true,
  isProtected = true,
  toggledForMs = 0,
  rests = false,
  volumeShareMax = null,
}: SameLot): Promise<number> {
  const execution = { ...STORY_RULES.execution, levelShareMax: ppm(1_000_000n), volumeShareMax };
  const arena = await Arena.open({
    rules: { execution, riskPerTrade: null },
    people: isOnePerson ? 1 : accounts,
    accountsEach: isOnePerson ? accounts : 1,
    sabotage: isProtected ? 'none' : 'taken',
  });
  await arena.show(YES, DEEP.bids, DEEP.asks);
  await arena.wait(3_700_000);
  await round('buy', DEEP.bids, `${OFFERED} ${DEEP.asks}`);
  await round('sell', `${BID_FOR} ${DEEP.bids}`, DEEP.asks);
  await arena.show(YES, DEEP.bids, DEEP.asks);
  return arena.owners.reduce((sum, owner) => sum + arena.standing(owner).cashUsd - 100_000 + heldUsd(owner), 0);

  async function round(side: Side, bids: string, asks: string): Promise<void> {
    for (let time = 0; time < times; time++) {
      const owner = arena.owner(time % accounts);
      if (toggledForMs > 0 || time === 0) {
        await arena.show(YES, DEEP.bids, DEEP.asks);
        await arena.wait(toggledForMs);
      }
      if (rests) await arena.order(owner, side, YES, `5 limit ${side === 'buy' ? '0.37' : '0.63'}`);
      // An order is filled by what comes after it.
      if (rests) await arena.wait(100);
      await arena.show(YES, bids, asks);
      if (rests) await arena.cancelAll(owner);
      else await arena.order(owner, side, YES, `5 limit ${side === 'buy' ? '0.36' : '0.64'} ioc`);
    }
  }

  function heldUsd(owner: Parameters<Arena['snapshot']>[0]): number {
    return arena.snapshot(owner).account.positions.reduce((sum, { qty }) => sum + (Number(qty) / 1e8) * 0.35, 0);
  }
}
