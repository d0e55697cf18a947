import type { Position, Room, RuleName, Rules } from './contract';
import { dateTime, dollars, dollarsText, roundDollarsText } from './display';
import { RULE_NAMES } from './rules';
import type { Mark } from './standing';

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
    readonly balanceUsd: string;
    readonly rooms: readonly Room[];
    readonly gates: Mark['gates'];
    readonly verdict: 'failed' | 'passed';
    readonly broken: Room | Deadline | null;
  };
  /** The sum line by line: plain decimals, counts, or times in UTC. */
  readonly arithmetic: readonly { readonly label: string; readonly value: string }[];
};

type Deadline = { readonly rule: RuleName; readonly dueAt: number };

type Level = { readonly price: string; readonly qty: string };

export type EvidenceQuote = {
  readonly instrument: string;
  readonly venue: string;
  readonly sequence: number;
  readonly venueProof: string;
  readonly venueAt: number;
  readonly receivedAt: number;
  readonly bid: Level;
  readonly ask: Level;
};

/** Undefined for a format that this page does not know; the file itself can still be downloaded and checked. */
export function readEvidence(text: string): Evidence | undefined {
  const stored = JSON.parse(text) as { readonly format: number };
  return stored.format === 2 ? (stored as Evidence) : undefined;
}

/** The verdict with the figures that decided it. */
export function verdictSentence({ at, judgement }: Evidence): string {
  const { broken, equityUsd, gates } = judgement;
  const when = dateTime(at);
  if (!broken) {
    const target = gates.find(({ gate }) => gate === 'target_usd');
    const profit = target
      ? `a profit of ${dollarsOf(target.have)}, ${dollarsOf(target.need)} were needed`
      : 'its profit';
    return `Passed on ${when} with ${profit}, and every rule was kept.`;
  }
  const rule = RULE_NAMES[broken.rule].toLowerCase();
  if ('dueAt' in broken) return `Failed: ${rule}. It was due on ${dateTime(broken.dueAt)} and had not happened.`;
  const used = `${dollarsText(broken.usedUsd)} of ${roundDollarsText(broken.limitUsd)} were used`;
  const floor =
    broken.floorUsd === null ? '' : `: equity was ${dollarsText(equityUsd)}, the floor ${dollarsText(broken.floorUsd)}`;
  return `Failed: the ${rule} was broken on ${when}. ${used}${floor}.`;
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

/** The rule that the verdict broke; undefined where it passed. */
export const brokenRule = ({ judgement }: Evidence): RuleName | undefined => judgement.broken?.rule;
