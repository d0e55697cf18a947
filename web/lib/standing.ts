import type { ServerMessage } from '../../contracts/ws/messages';
import type { Position, RuleName, Rules, Snapshot } from './contract';
import { larger, notional, readPrice, readQty, readUsd } from './decimal';
import type { SeenQuote } from './quotes';

export type Mark = Extract<ServerMessage, { type: 'account-mark' }>['mark'];

type Room = { readonly rule: RuleName; readonly limitUsd: bigint; readonly usedUsd: bigint };

/** What an account is worth now. `equityUsd` is undefined while a position has no price. */
export type Standing = {
  readonly balanceUsd: bigint;
  readonly equityUsd: bigint | undefined;
  readonly rooms: readonly Room[];
};

type Quotes = (instrument: string) => SeenQuote | undefined;

/** What closing now would bring: the bid for a long, the ask for a short; undefined on an empty side. */
export function exitPrice(position: Position, quotes: Quotes): string | undefined {
  const quote = quotes(position.instrument)?.quote;
  const level = readQty(position.qty) > 0n ? quote?.bid : quote?.ask;
  return level?.[0];
}

export function unrealized(position: Position, quotes: Quotes): bigint | undefined {
  const price = exitPrice(position, quotes);
  if (price === undefined) return undefined;
  return notional(readPrice(price), readQty(position.qty)) - readUsd(position.costUsd);
}

/** The average price paid per unit, fees left out, in 8 decimals. */
export function entryPrice(position: Position): bigint {
  const qty = readQty(position.qty);
  return qty === 0n ? 0n : (readUsd(position.costUsd) * 10n ** 10n) / qty;
}

type Known = {
  readonly snapshot: Snapshot;
  readonly mark: Mark | undefined;
  readonly lastEventAt: number;
  /** Equity at the verdict, once there is one. */
  readonly finalUsd: string | undefined;
  readonly breach: { readonly rule: RuleName } | undefined;
};

/**
 * The risk-engine's own mark where it is at least as new as the account's last event, else the same arithmetic over
 * the quotes on screen, so that a fill shows at once. After the verdict it stands still.
 */
export function standingOf(known: Known, rules: Rules, quotes: Quotes): Standing {
  const { snapshot, mark, lastEventAt, finalUsd } = known;
  if (finalUsd !== undefined) return finalStanding(known, rules, readUsd(finalUsd));
  if (mark && mark.at >= lastEventAt) {
    const rooms = mark.rooms.map(({ rule, limitUsd, usedUsd }) => ({
      rule,
      limitUsd: readUsd(limitUsd),
      usedUsd: readUsd(usedUsd),
    }));
    return { balanceUsd: readUsd(mark.balanceUsd), equityUsd: readUsd(mark.equityUsd), rooms };
  }
  return estimate(snapshot, rules, quotes);
}

function estimate(snapshot: Snapshot, rules: Rules, quotes: Quotes): Standing {
  const balanceUsd = readUsd(snapshot.balanceUsd);
  const gains = snapshot.positions.map((position) => unrealized(position, quotes));
  const equityUsd = gains.reduce<bigint | undefined>(
    (sum, gain) => (sum === undefined || gain === undefined ? undefined : sum + gain),
    balanceUsd,
  );
  const worstLoss = snapshot.positions.reduce((worst, position, index) => {
    const gain = gains[index] ?? 0n;
    return larger(worst, readUsd(position.feesUsd) - readUsd(position.realizedUsd) - gain);
  }, 0n);
  return { balanceUsd, equityUsd, rooms: roomsOf(snapshot, rules, equityUsd ?? balanceUsd, worstLoss) };
}

/** The last mark was taken just before the verdict; what equity alone decides is taken from the verdict itself. */
function finalStanding({ snapshot, mark, breach }: Known, rules: Rules, equityUsd: bigint): Standing {
  const marked = readUsd(mark?.rooms.find(({ rule }) => rule === 'risk_per_trade')?.usedUsd ?? '0');
  const limit = readUsd(rules.riskPerTradeUsd);
  const worstLoss = breach?.rule === 'risk_per_trade' ? larger(marked, limit) : marked;
  const balanceUsd = readUsd(snapshot.balanceUsd);
  return { balanceUsd, equityUsd, rooms: roomsOf(snapshot, rules, equityUsd, worstLoss) };
}

function roomsOf(snapshot: Snapshot, rules: Rules, worthUsd: bigint, worstLossUsd: bigint): readonly Room[] {
  const room = (rule: RuleName, limit: string, usedUsd: bigint): Room => ({
    rule,
    limitUsd: readUsd(limit),
    usedUsd: larger(usedUsd, 0n),
  });
  return [
    room('daily_loss', rules.dailyLossUsd, readUsd(snapshot.dayAnchorUsd) - worthUsd),
    room('max_drawdown', rules.maxDrawdownUsd, readUsd(rules.startingUsd) - worthUsd),
    room('risk_per_trade', rules.riskPerTradeUsd, worstLossUsd),
  ];
}
