import type { Rules } from './contract';
import { durationText } from './display';
import type { Explained, NothingLeft } from './explain-limits';

/** A day that begins at noon or later is the next date's. */
const weekendText = ({ dayResetAt }: Rules): string =>
  dayResetAt >= '12:00' ? 'From the reset on Friday to that on Sunday' : 'From the reset on Saturday to that on Monday';

const NEWS: Readonly<Record<NonNullable<Rules['conduct']['news']>['bars'], Pick<Explained, 'value' | 'means'>>> = {
  new_risk: { value: 'No new risk', means: 'no order may add risk' },
  nothing: { value: 'Allowed', means: 'everything may be traded' },
  orders: { value: 'Stops alone', means: 'no order may add risk, and only a stop may close' },
  positions: {
    value: 'Everything is closed',
    means: 'positions that it concerns are closed for you and no order may add risk',
  },
};

const NO_VERDICT = 'The risk desk is told; nothing is refused and nothing fails by it.';

/** What may be traded when, and what a person looks at. */
export function conduct(rules: Rules): readonly Explained[] {
  const { weekend, news, hedgeSignalAfterMs, reverseSignalWithinMs, copySignal, flatAt, ...left } = rules.conduct;
  left satisfies NothingLeft;
  const rows: (Explained | false)[] = [
    weekend !== 'allowed' && {
      name: 'Weekend',
      value: weekend === 'flat' ? 'Everything is closed' : 'No new risk',
      means:
        weekend === 'flat'
          ? `${weekendText(rules)} positions are closed for you and no order may add risk.`
          : `${weekendText(rules)} no order may add risk; closing works.`,
      isMain: false,
    },
    news !== null && {
      name: 'News',
      value: NEWS[news.bars].value,
      means: `From ${durationText(news.beforeMs)} before to ${durationText(news.afterMs)} after scheduled news ${NEWS[news.bars].means}.`,
      isMain: false,
    },
    flatAt !== null && {
      name: 'Flat every day',
      value: `From ${flatAt.time}`,
      means: `From then until the reset positions are closed for you and no order may add risk${
        flatAt.quietMs === 0 ? '' : `; none may from ${durationText(flatAt.quietMs)} before it on`
      }.`,
      isMain: false,
    },
    hedgeSignalAfterMs !== null && {
      name: 'Hedging',
      value: 'Looked at by a person',
      means: `Opposite positions in two of your accounts for ${durationText(hedgeSignalAfterMs)} or longer. ${NO_VERDICT}`,
      isMain: false,
    },
    reverseSignalWithinMs !== null && {
      name: 'Reversing',
      value: 'Looked at by a person',
      means: `The opposite opened within ${durationText(reverseSignalWithinMs)} of closing a position. ${NO_VERDICT}`,
      isMain: false,
    },
    copySignal !== null && {
      name: 'Copying',
      value: 'Looked at by a person',
      means: `The same as another person’s account did, within ${durationText(copySignal.withinMs)} and at least ${copySignal.times} times on one day (UTC). ${NO_VERDICT}`,
      isMain: false,
    },
  ];
  return rows.filter((row) => row !== false);
}
