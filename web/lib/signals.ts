import type { Signal } from './contract';
import { countText, dateTime, durationText } from './display';
import { HOLDS } from './holds';
import type { Naming } from './naming';

export type Which = 'undecided' | 'decided';

export const KIND_NAMES: Readonly<Record<Signal['kind'], string>> = {
  hedging: 'Hedging',
  reversing: 'Reversing',
  copying: 'Copying',
  wrong_payout: 'Wrong payout',
  payment: 'Payment',
};

const VERDICTS = { active: 'still open', passed: 'passed', failed: 'failed' } as const;

const ROUGHLY = [
  { from: 7_200_000, unitMs: 3_600_000 },
  { from: 120_000, unitMs: 60_000 },
  { from: 1_000, unitMs: 1_000 },
] as const;

/** What was seen, in a sentence for whoever decides. */
export function seenText({ kind, beganAt, seenUntil, copied, verdict, payment }: Signal): string {
  const lasted = roughText(seenUntil - beganAt);
  switch (kind) {
    case 'hedging':
      return `Opposite positions in two accounts of one person, seen for ${lasted}`;
    case 'reversing':
      return seenUntil === beganAt
        ? 'Closed, and the opposite opened at the same moment'
        : `Closed, and the opposite opened ${lasted} later`;
    case 'copying':
      return `Two people did the same nearly at once, ${countText(copied?.times ?? 0, 'time')} on one day`;
    case 'wrong_payout':
      return verdict
        ? `Ended as ${VERDICTS[verdict.given]}; with the right payout it is ${VERDICTS[verdict.rightly]}`
        : 'A verdict on a payout that was corrected';
    case 'payment':
      return payment?.reversal ? HOLDS[payment.reversal].title : 'The payment stands again';
  }
}

/** To the whole unit below: nobody decides by the milliseconds of an hour. */
function roughText(ms: number): string {
  const unit = ROUGHLY.find((one) => ms >= one.from)?.unitMs ?? 1;
  return durationText(ms - (ms % unit));
}

/** One line for each leg: the account, and what it held. */
export const legTexts = ({ legs, payment }: Signal, naming: Naming): readonly string[] =>
  payment?.accountIds ??
  legs.map(({ accountId, instrument, side }) => `${accountId} ${side} ${naming(instrument).unit}`);

const OUTCOMES = { dismissed: 'Dismissed', confirmed: 'Confirmed' } as const;

/** "Confirmed by you, 14 Mar 2026, 12:00: they are one person". */
export function decisionText(decision: Signal['decisions'][number], me: string): string {
  const { outcome, reason, decidedBy, decidedAt } = decision;
  return `${OUTCOMES[outcome]} by ${decidedBy === me ? 'you' : decidedBy}, ${dateTime(decidedAt)}: ${reason}`;
}
