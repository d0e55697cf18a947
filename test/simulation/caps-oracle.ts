import type { RuleSet } from '../../domain/assessment/rules/rule-set';
import type { Outcome } from '../../domain/market/instrument';
import type { KeptAccount } from '../fakes/memory-world';
import type { History, SavedChange } from './history';
import type { Market } from './market';
import type { Findings } from './oracles';

type Cap = readonly [name: keyof Outcome, capUsd: bigint | null];

/** O13: after a fill that bought of an outcome, its market, event and category cost no more than they may. */
export function capsFindings({ snapshot: { accountId, rules } }: KeptAccount, { history, market }: Seen): Findings {
  const { marketUsdMax, eventUsdMax, categoryUsdMax } = rules.exposure;
  const caps: readonly Cap[] = [
    ['marketId', marketUsdMax],
    ['eventId', eventUsdMax],
    ['category', categoryUsdMax],
  ];
  return history.changesOf(accountId).flatMap((saved) =>
    boughtIn(saved, market).flatMap((bought) =>
      caps.flatMap(([name, capUsd]) => {
        const most = capUsd === null ? null : followed(capUsd, rules, saved);
        const cost = costOf(saved, market, (outcome) => outcome[name] === bought[name], rules);
        return most !== null && cost > most ? [`O13: ${accountId} holds ${cost} of one ${name}, and may ${most}`] : [];
      }),
    ),
  );
}

type Seen = { readonly history: History; readonly market: Pick<Market, 'entry'> };

const boughtIn = ({ change }: SavedChange, market: Seen['market']): readonly Outcome[] =>
  change.events.flatMap((event) => {
    const isBuy = event.kind === 'order_filled' && event.fill.side === 'buy';
    return (isBuy && market.entry(event.fill.instrument)?.outcome) || [];
  });

/** A cap that follows the balance is one of the balance with which the day began. */
function followed(capUsd: bigint, { exposure, startingUsd }: RuleSet, { change }: SavedChange): bigint {
  const { balanceUsd } = change.account.standing.day;
  return exposure.capsFollow === 'start' ? capUsd : (capUsd * balanceUsd) / startingUsd;
}

/** With fees; of the two outcomes of a market only the dearer where the rules net them. */
function costOf(
  { change }: SavedChange,
  market: Seen['market'],
  isMeant: (outcome: Outcome) => boolean,
  { exposure }: RuleSet,
): bigint {
  const byMarket = new Map<string, bigint[]>();
  for (const { instrument, costUsd, feesUsd } of change.account.positions) {
    const outcome = market.entry(instrument)?.outcome;
    if (!outcome || !isMeant(outcome)) continue;
    byMarket.set(outcome.marketId, [...(byMarket.get(outcome.marketId) ?? []), costUsd + feesUsd]);
  }
  const sum = (costs: readonly bigint[]) => costs.reduce((total, cost) => total + cost, 0n);
  const dearest = (costs: readonly bigint[]) => costs.reduce((most, cost) => (cost > most ? cost : most), 0n);
  return sum([...byMarket.values()].map(exposure.netsOutcomes ? dearest : sum));
}
