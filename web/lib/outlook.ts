import type { ClosingPreview, Preview, RuleName } from './contract';
import { change, dollarsText, priceText } from './display';
import { readUsd } from './read-decimal';
import { RULE_NAMES } from './rules';

/** What an order or a closing leads to, at once or later: its fee, what its trade makes by it, and what follows. */
export type Outlook = {
  readonly name: string;
  readonly feeUsd: string;
  /** Null where it ends no trade. */
  readonly netUsd: string | null;
  readonly breach: RuleName | null;
  readonly pause: RuleName | null;
  readonly passes: boolean;
};

/**
 * What there is to know of an order before it is sent: what it does now, what getting out again would come to where it
 * adds risk, and what it and its exits lead to once they fill at their own prices.
 */
export function outlooksOf(preview: Preview, tick: string): readonly Outlook[] {
  const { fill, ifClosed, whenFilled, exits, breach, pause, passes } = preview;
  const now = { name: 'Now', feeUsd: fill?.feeUsd ?? '0', netUsd: fill?.netUsd ?? null, breach, pause, passes };
  const isFollowed = fill !== null || breach !== null || pause !== null || passes;
  const addsRisk = fill !== null && fill.netUsd === null;
  return [
    ...(isFollowed ? [now] : []),
    // What fails now is not closed by its trader any more.
    ...(addsRisk && breach === null ? [{ name: 'All closed again at once', ...ifClosed }] : []),
    ...(whenFilled ? [{ name: `Once it fills at ${priceText(whenFilled.price, tick)}`, ...whenFilled }] : []),
    ...exits.map((exit) => ({ name: `Its exit at ${priceText(exit.price, tick)}`, ...exit })),
  ];
}

export const outlookOfClosing = ({ feeUsd, netUsd, breach, pause, passes }: ClosingPreview): Outlook => ({
  name: 'Closed now',
  feeUsd,
  netUsd,
  breach,
  pause,
  passes,
});

type Follows = Pick<Outlook, 'breach' | 'pause' | 'passes'>;

/** Whether somebody should be asked first. */
export const isGrave = ({ breach, pause }: Follows): boolean => breach !== null || pause !== null;

/** What follows, as a sentence; undefined: the assessment goes on. */
export function followsText({ breach, pause, passes }: Follows): string | undefined {
  if (breach) return `Fails the assessment: ${RULE_NAMES[breach].toLowerCase()}`;
  if (pause) return `Stops trading until the next day: ${RULE_NAMES[pause].toLowerCase()}`;
  return passes ? 'Passes the assessment' : undefined;
}

/** "−$161.20 after fees; $193.05 of them to get out". */
export const wayOutText = ({ feeUsd, netUsd }: { readonly feeUsd: string; readonly netUsd: string }): string =>
  `${change(readUsd(netUsd))} after all fees, ${dollarsText(feeUsd)} of them to get out`;
