import type { Rules } from './contract';
import { countText, roundDollarsText, shareText } from './display';
import type { Explained, NothingLeft } from './explain-limits';

/** What is paid out of the account, and when. */
export function explainPayout({ payout }: Rules): readonly Explained[] {
  if (!payout) return [];
  const { split, firstAfterDays, everyDays, winningDays, consistencyMax, requiresFlat, ...amounts } = payout;
  const { profitMinUsd, minUsd, maxUsd, shareOfProfitMax, bufferUsd, scaling, ...left } = amounts;
  left satisfies NothingLeft;
  const rows: (Explained | false)[] = [
    {
      name: 'Your share',
      value: shareText(split),
      means:
        `Of each payout this part is yours, rounded down to the millionth of a dollar; the firm has the rest. ` +
        'No payout is let through that would itself end the account.',
      isMain: true,
    },
    {
      name: 'Payout schedule',
      value: everyDays === 0 ? 'At any time' : `Every ${countText(everyDays, 'day')}`,
      means: `The first payout may be taken ${after(firstAfterDays)} from the beginning, each other ${after(everyDays)} from the one before; days are of 24 hours.`,
      isMain: true,
    },
    winningDays !== null && {
      name: 'Days won',
      value: countText(winningDays.min, 'day'),
      means: `So many finished trading days since the last payout have to have won ${roundDollarsText(winningDays.dayUsd)} or more each.`,
      isMain: false,
    },
    consistencyMax !== null && {
      name: 'Payout consistency',
      value: `Best day at most ${shareText(consistencyMax)}`,
      means: 'The best day may be this part of the profit since the last payout. Until it is, a payout waits.',
      isMain: false,
    },
    profitMinUsd !== null && {
      name: 'Profit before a payout',
      value: roundDollarsText(profitMinUsd),
      means: 'With less profit in the account nothing is paid.',
      isMain: false,
    },
    ...amountRows({ minUsd, maxUsd, shareOfProfitMax, bufferUsd }),
    requiresFlat && {
      name: 'While you are paid',
      value: 'Flat',
      means: 'Nothing may be open, and no order may work.',
      isMain: false,
    },
    scaling !== null && growing(scaling),
  ];
  return rows.filter((row) => row !== false);
}

type Scaling = NonNullable<NonNullable<Rules['payout']>['scaling']>;

function growing({ afterDays, profitShare, payoutsMin, growth, of, maxUsd, ...left }: Scaling): Explained {
  left satisfies NothingLeft;
  const days =
    afterDays === 0
      ? 'When a trading day begins'
      : `When a trading day begins ${countText(afterDays, 'day')} or more after the start or the last growth`;
  const payouts = payoutsMin === 0 ? '' : ` and ${countText(payoutsMin, 'payout')} taken`;
  return {
    name: 'Growing',
    value: `${shareText(growth)} more, up to ${roundDollarsText(maxUsd)}`,
    means:
      `${days}, with ${shareText(profitShare)} of the capital won since${payouts}, what was paid out included, ` +
      `the capital grows by this part ${of === 'start' ? 'of the starting balance' : 'of itself'}. ` +
      'Limits and caps in dollars grow in proportion, and no limit comes nearer. While a limit is touched nothing grows.',
    isMain: true,
  };
}

const after = (days: number): string => (days === 0 ? 'at once' : countText(days, 'day'));

type Amounts = Pick<NonNullable<Rules['payout']>, 'minUsd' | 'maxUsd' | 'shareOfProfitMax' | 'bufferUsd'>;

function amountRows({ minUsd, maxUsd, shareOfProfitMax, bufferUsd }: Amounts): readonly (Explained | false)[] {
  return [
    minUsd !== null && {
      name: 'Least payout',
      value: roundDollarsText(minUsd),
      means: 'Your share has to come to this much.',
      isMain: false,
    },
    maxUsd !== null && {
      name: 'Largest payout',
      value: roundDollarsText(maxUsd),
      means: 'No more leaves the account at once, the firm’s share included.',
      isMain: false,
    },
    shareOfProfitMax !== null && {
      name: 'Part of the profit',
      value: `At most ${shareText(shareOfProfitMax)}`,
      means: 'One payout takes no more than this part of the profit in the account.',
      isMain: false,
    },
    Number(bufferUsd) > 0 && {
      name: 'Stays in the account',
      value: roundDollarsText(bufferUsd),
      means: 'A payout leaves the balance at least so far above the starting balance.',
      isMain: false,
    },
  ];
}
