import type { Account, Marks } from '../../account/account';
import { exitFee } from '../../account/positions/break-even';
import { exitPrice } from '../../account/positions/position';
import type { InstrumentId } from '../../kernel/ids';
import { addUsd, largerUsd, subUsd, sumUsd, type Usd, ZERO_USD } from '../../kernel/money';
import type { Instrument } from '../../market/instrument';
import type { DecisionContext } from '../context/decision-context';
import { roomsWithPlan } from '../judging/planned-room';
import { lossOf } from '../rules/limits';
import type { RuleRoom, RuleSet } from '../rules/rule-set';
import { rulesInForce } from '../rules/rules-in-force';

/** A room as it is shown: `leftUsd` may be lost yet, the way out paid for; at zero, or below it, leaving breaks it. */
export type ShownRoom = RuleRoom & { readonly leftUsd: Usd };

export type Instruments = ReadonlyMap<InstrumentId, Instrument>;

/** The account whose rooms and ways out are shown, and what they are computed by. */
export type Shown = Pick<DecisionContext, 'rules' | 'account' | 'at'> & { readonly instruments: Instruments };

type Fees = ReadonlyMap<InstrumentId, Usd>;

/** The fee of closing each position now; one without a price, or without a place in the catalogue, has none. */
function exitFees({ account: { positions }, instruments }: Pick<Shown, 'account' | 'instruments'>, marks: Marks): Fees {
  const fees = new Map<InstrumentId, Usd>();
  for (const position of positions) {
    const exit = exitPrice(position, marks.get(position.instrument));
    const instrument = instruments.get(position.instrument);
    if (exit !== null && instrument) fees.set(position.instrument, exitFee(position, instrument, exit));
  }
  return fees;
}

/**
 * The room of every limit with what closing everything would cost taken off. That fee is no part of the judgement:
 * equity is judged without it until it is paid. A risk per trade that only orders are held to is shown as well, though
 * no verdict comes of it.
 */
export function shownRooms(shown: Omit<Shown, 'at'>, equityUsd: Usd, marks: Marks): readonly ShownRoom[] {
  const { rules, account } = shown;
  const fees = exitFees(shown, marks);
  const closedUsd = subUsd(equityUsd, sumUsd([...fees.values()]));
  const lossesUsd = account.positions.map((position) =>
    addUsd(lossOf(position, marks), fees.get(position.instrument) ?? ZERO_USD),
  );
  return [...roomsWithPlan(rules, account, equityUsd, marks), ...blockingRoom(rules, account, marks)].map((room) => ({
    ...room,
    leftUsd: leftOf(room, rules, closedUsd, lossesUsd),
  }));
}

/** `closedUsd` is the equity, and `lossesUsd` what each position has lost, once the way out is paid for. */
function leftOf(
  { rule, limitUsd, roomUsd, floorUsd }: RuleRoom,
  { maxLoss }: RuleSet,
  closedUsd: Usd,
  lossesUsd: readonly Usd[],
): Usd {
  switch (rule) {
    case 'second_daily_loss':
    case 'weekly_loss':
    case 'monthly_loss':
    case 'static_loss':
    case 'daily_loss':
    case 'max_drawdown': {
      const leftUsd = floorUsd === null ? roomUsd : subUsd(closedUsd, floorUsd);
      // Where the balance is tested, an open profit is no room yet; an open loss is gone once it is realized.
      return rule === 'max_drawdown' && maxLoss.testedOn === 'balance' ? lesser(roomUsd, leftUsd) : leftUsd;
    }
    case 'risk_per_trade':
      return lossesUsd.reduce((least, lossUsd) => lesser(least, subUsd(limitUsd, lossUsd)), roomUsd);
    // What stops would lose is planned with the fees of getting in alone.
    case 'planned_risk':
      return roomUsd;
    // What is paid for the way out is realized, and no part of the loss that is open.
    case 'open_loss':
      return roomUsd;
  }
}

/** The worst open position, against a limit that only orders are held to. */
function blockingRoom(rules: RuleSet, account: Account, marks: Marks): readonly RuleRoom[] {
  const { riskPerTrade } = rulesInForce(rules, account);
  if (riskPerTrade?.severity !== 'block') return [];
  const { limitUsd } = riskPerTrade;
  const usedUsd = account.positions.reduce((worst, position) => largerUsd(worst, lossOf(position, marks)), ZERO_USD);
  return [{ rule: 'risk_per_trade', limitUsd, usedUsd, roomUsd: subUsd(limitUsd, usedUsd), floorUsd: null }];
}

const lesser = (a: Usd, b: Usd): Usd => (a < b ? a : b);
