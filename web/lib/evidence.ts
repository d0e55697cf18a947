import type { Mark, Position, Room, RuleName, Rules } from './contract';
import { dateTime, dollars, dollarsText, roundDollarsText } from './display';
import { RULE_NAMES } from './rules';

/** The parts of a verdict's evidence file, format 2, that the page shows. */
export type Evidence = {
  readonly format: 2;
  readonly accountVersion: number;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
  readonly rules: Rules;
  readonly at: number;
  readonly account: { readonly cashUsd: string; readonly positions: readonly Position[] };
  readonly quotes: readonly EvidenceQuote[];
  readonly judgement: {
    readonly equityUsd: string;
    /** At least and at most, and what of it had no price. */
    readonly worstUsd: string;
    readonly bestUsd: string;
    readonly unpriced: readonly string[];
    readonly inDoubt: RuleName | null;
    readonly balanceUsd: string;
    readonly rooms: readonly Omit<Room, 'leftUsd'>[];
    readonly deadlines: Mark['deadlines'];
    readonly gates: Mark['gates'];
    readonly verdict: 'failed' | 'passed';
    readonly brokenRule: RuleName | null;
  };
  /** The sum line by line: plain decimals, counts, or times in UTC. */
  readonly arithmetic: readonly { readonly label: string; readonly value: string }[];
};

export type EvidenceQuote = {
  readonly instrument: string;
  readonly venue: string;
  readonly sequence: number;
  readonly venueProof: string;
  readonly venueAt: number;
  readonly receivedAt: number;
  /** Null: nobody quoted that side. */
  readonly bid: string | null;
  readonly ask: string | null;
  /** What was last good of a side that was missing: no price, but what it was taken to be worth follows from it. */
  readonly lastBid: EvidenceLast | null;
  readonly lastAsk: EvidenceLast | null;
};

export type EvidenceLast = { readonly price: string; readonly sequence: number; readonly receivedAt: number };

/** Undefined for a format that this page does not know; the file itself can still be downloaded and checked. */
export function readEvidence(text: string): Evidence | undefined {
  const stored = JSON.parse(text) as { readonly format: number };
  return stored.format === 2 ? (stored as Evidence) : undefined;
}

/** The verdict with the figures that decided it. */
export function verdictSentence({ at, judgement }: Evidence): string {
  const { brokenRule, equityUsd, bestUsd, unpriced, rooms, deadlines, gates } = judgement;
  const when = dateTime(at);
  if (!brokenRule) {
    const target = gates.find(({ gate }) => gate === 'target_usd');
    const profit = target
      ? `a profit of ${dollarsOf(target.have)}, ${dollarsOf(target.need)} were needed`
      : 'its profit';
    return `Passed on ${when} with ${profit}, and every rule was kept.`;
  }
  if (brokenRule === 'consistency') return `Failed on ${when}: everything else was met, but ${shareSentence(gates)}.`;
  const name = RULE_NAMES[brokenRule].toLowerCase();
  const room = rooms.find(({ rule }) => rule === brokenRule);
  if (!room) {
    const due = deadlines.filter(({ rule }) => rule === brokenRule).map(({ dueAt }) => dueAt);
    return `Failed: ${name}. It was due on ${dateTime(Math.min(at, ...due))} and had not happened.`;
  }
  const used = `${dollarsText(room.usedUsd)} of ${roundDollarsText(room.limitUsd)} were used`;
  const floor = room.floorUsd === null ? '' : dollarsText(room.floorUsd);
  if (unpriced.length > 0) {
    const most = floor === '' ? '' : ` Equity was at most ${dollarsText(bestUsd)}, the floor ${floor}.`;
    return `Failed: the ${name} was broken on ${when}, whatever that may be worth that had no price.${most}`;
  }
  const where = floor === '' ? '' : `: equity was ${dollarsText(equityUsd)}, the floor ${floor}`;
  return `Failed: the ${name} was broken on ${when}. ${used}${where}.`;
}

/** Shares of a gate are whole millionths, and all of them are shown: one may be all that was too much. */
function shareSentence(gates: Mark['gates']): string {
  const gate = gates.find((each) => each.gate === 'best_day_ppm' || each.gate === 'best_trade_ppm');
  const best = gate?.gate === 'best_trade_ppm' ? 'trade' : 'day';
  const share = (text = '0') => `${Number(text) / 10_000}\u00a0%`;
  return `the best ${best} made ${share(gate?.have)} of the profit, at most ${share(gate?.need)} were allowed`;
}

/** Dollars of a gate are whole millionths. */
const dollarsOf = (millionths: string): string => dollars(BigInt(millionths));

const TIME = /^\d{4}-\d\d-\d\dT/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/** A value of the sum, exact: grouped where it is a number, in the reader's time where it is one. */
export function figureText(value: string): string {
  if (TIME.test(value)) return `${dateTime(Date.parse(value))} (${value})`;
  if (!DECIMAL.test(value)) return value;
  const [whole = '', fraction] = value.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value.startsWith('-') ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}
