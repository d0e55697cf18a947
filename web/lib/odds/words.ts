import type { Odds, Study } from '../contract';
import { countText, dateTime, percent, roundDollars, roundDollarsText, shareText } from '../display';
import { readPpm, readUsd } from '../read-decimal';
import { chanceText, sizeText } from './chances';

type Validation = NonNullable<Odds['validation']>;

/** What closed trades say of an edge, plainly. */
export function findingSentence({ finding, trades }: Pick<Validation, 'finding' | 'trades'>): string {
  const these = `These ${countText(trades, 'trade')}`;
  switch (finding) {
    case 'edge':
      return `${these} are hard to explain by luck alone.`;
    case 'luck':
      return `${these} cannot be told from luck.`;
    case 'loses':
      return `${these} lose, and luck alone does not explain it.`;
    case 'too_few':
      return `${these} are too few to tell an edge from luck.`;
  }
}

/** "3.2 %", "less than 0.1 %": of a p-value nobody needs more. */
const smallShare = (share: string): string => (readPpm(share) < 1_000n ? 'less than 0.1\u00a0%' : shareText(share));

/** What the test of luck found, and what it found for how many attempts. */
export function validationSentences(validation: Validation): readonly string[] {
  const { pValue, meanUsd, meanLowUsd, meanHighUsd, deflatedSharpe, trials, meanBlock } = validation;
  const spansZero = readUsd(meanLowUsd) < 0n && readUsd(meanHighUsd) > 0n;
  const attempts = trials === 1 ? 'one attempt' : `${trials} attempts`;
  return [
    `If there were no edge at all, ${smallShare(pValue)} of such runs of trades would still look this good (p-value).`,
    `A trade makes ${roundDollarsText(meanUsd)} on average after fees; from ${roundDollarsText(meanLowUsd)} to ` +
      `${roundDollarsText(meanHighUsd)} fits these trades as well (95\u00a0% interval)${spansZero ? ', so that it may also lose' : ''}.`,
    `After taking off what the best of ${attempts} shows by luck alone, the chance that the edge is real is put at ` +
      `${shareText(deflatedSharpe)} (deflated Sharpe ratio).`,
    meanBlock === 1
      ? 'Each trade is drawn for itself: no dependence between trades was found.'
      : `Trades are drawn in runs of ${meanBlock} on average, so that streaks stay together.`,
  ];
}

/** The answer in one sentence. */
export function oddsSentence({ passed, days, expectedDays }: Odds): string {
  const mean = expectedDays === null ? '' : ` A verdict comes after ${daysText(expectedDays)} on average.`;
  const share = readPpm(passed.share) < 1_000n ? 'fewer than 1 in 1,000' : `about ${shareText(passed.share)} of`;
  return `Traded like this, ${share} accounts pass within ${countText(days, 'trading day')}.${mean}`;
}

/** "12.5 days". */
export const daysText = (days: string): string => {
  const text = percent(readPpm(days), 100_000_000n).replace('\u00a0%', '');
  return `${text} ${text === '1' ? 'day' : 'days'}`;
};

export const safeSizeSentence = ({ safeSize }: Pick<Odds, 'safeSize'>): string =>
  safeSize === null
    ? 'At no size that was looked at does the chance of breaking a loss limit stay at 5\u00a0% or less.'
    : `Up to ${sizeText(safeSize)} the size as it is traded, the chance of breaking a loss limit stays at 5\u00a0% or less.`;

/** A loss of so much; below nothing it is a gain, whatever the figure is called. */
export function lossText(usd: string): string {
  const lost = readUsd(usd);
  return lost < 0n ? `a gain of ${roundDollars(-lost)}` : roundDollars(lost);
}

/** What no simulation of this kind can know; its facts are those of the method's page. */
export const LIMITS: readonly string[] = [
  'Whether you will win as often as you did. Markets change, and so do people.',
  'Whether trades depend on one another for longer than a run of them.',
  'Gaps that are worse than the worst of the trades that were drawn from.',
  'What prices do between the points that a trade visits.',
  'Limits of your tier that only orders meet: leverage, caps, times around news.',
];

export const SOURCES: Readonly<Record<Study['trades'], string>> = {
  own: 'your own trades',
  file: 'trades of a file',
  odds: 'odds that were typed in',
  mix: 'a mix of strategies',
  firm: 'the firm’s own history',
};

export const STATUSES: Readonly<Record<Study['status'], string>> = {
  requested: 'Waiting for its turn',
  running: 'Running',
  completed: 'Completed',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const FAILURES: Readonly<Record<NonNullable<Study['failure']>, string>> = {
  ray_unavailable: 'The simulation could not be reached. Nothing was lost; ask again in a few minutes.',
  deadline_passed: 'It took too long and was stopped. Fewer paths or days may come through.',
  refused_by_kernel: 'The simulation does not know a rule of this tier, or cannot play these trades.',
  internal_error: 'Something went wrong on our side. Ask again; if it stays, tell support the study’s number.',
};

/** "41 % (38 % to 44 %) pass" for a list. */
export const listedText = ({ status, passed }: { status: Study['status']; passed: Odds['passed'] | null }): string =>
  passed ? `${chanceText(passed)} pass` : STATUSES[status];

export const askedText = ({ requestedAt, trades }: Pick<Study, 'requestedAt' | 'trades'>): string =>
  `${dateTime(requestedAt)}, from ${SOURCES[trades]}`;
