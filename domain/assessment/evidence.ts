import type { Account, Marks } from '../account/account';
import type { AccountId, AssessmentId, InstrumentId } from '../kernel/ids';
import { type Instant, instant } from '../kernel/instant';
import { invariant } from '../kernel/invariant';
import {
  formatPrice,
  formatQty,
  formatUsd,
  type Price,
  parsePrice,
  parseQty,
  parseUsd,
  type Qty,
  type Usd,
} from '../kernel/money';
import type { Quote } from '../market/book';
import { type Judgement, judge } from './judge';
import type { RuleSet } from './rules';

/** All that a verdict is decided from. Nothing else may enter the decision, or it could not be repeated. */
export type EvidenceInput = {
  readonly assessmentId: AssessmentId;
  readonly accountId: AccountId;
  readonly accountVersion: number;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
  readonly rules: RuleSet;
  readonly account: Account;
  readonly quotes: readonly Quote[];
  readonly at: Instant;
};

export const marksOf = (quotes: readonly Quote[]): Marks => new Map(quotes.map((quote) => [quote.instrument, quote]));

/**
 * The evidence as text: JSON with keys in this order, quotes and positions by instrument, decimals as text, two-space
 * indent. The same input gives the same bytes; their SHA-256 is stored beside them.
 */
export function evidenceText(input: EvidenceInput, judgement: Judgement): string {
  const { rules, account } = input;
  return JSON.stringify(
    {
      format: 1,
      assessmentId: input.assessmentId,
      accountId: input.accountId,
      accountVersion: input.accountVersion,
      ruleSetVersion: input.ruleSetVersion,
      ruleSetHash: input.ruleSetHash,
      rules: rulesForm(rules),
      at: input.at,
      account: {
        cashUsd: formatUsd(account.cashUsd),
        tradesClosed: account.tradesClosed,
        day: account.day,
        dayAnchorUsd: formatUsd(account.dayAnchorUsd),
        positions: account.positions.map((position) => ({
          instrument: position.instrument,
          qty: formatQty(position.qty),
          costUsd: formatUsd(position.costUsd),
          realizedUsd: formatUsd(position.realizedUsd),
          feesUsd: formatUsd(position.feesUsd),
        })),
      },
      quotes: [...input.quotes].sort((a, b) => (a.instrument < b.instrument ? -1 : 1)).map(quoteForm),
      judgement: judgementForm(judgement),
    },
    null,
    2,
  );
}

/** Decides stored evidence again from its inputs alone, and writes it anew: equal bytes prove the verdict. */
export function replayEvidence(text: string): string {
  const { input, judgement } = decideAgain(text);
  return evidenceText(input, judgement);
}

/** What stored evidence holds, and the judgement that follows from it. */
export function decideAgain(text: string): { readonly input: EvidenceInput; readonly judgement: Judgement } {
  const stored = JSON.parse(text) as Stored;
  invariant(stored.format === 1, `evidence format ${stored.format} is not known`);
  const input: EvidenceInput = {
    assessmentId: stored.assessmentId,
    accountId: stored.accountId,
    accountVersion: stored.accountVersion,
    ruleSetVersion: stored.ruleSetVersion,
    ruleSetHash: stored.ruleSetHash,
    rules: rulesFrom(stored.rules),
    account: {
      cashUsd: dollars(stored.account.cashUsd),
      tradesClosed: stored.account.tradesClosed,
      day: stored.account.day,
      dayAnchorUsd: dollars(stored.account.dayAnchorUsd),
      positions: stored.account.positions.map((position) => ({
        instrument: position.instrument,
        qty: read(parseQty, position.qty),
        costUsd: dollars(position.costUsd),
        realizedUsd: dollars(position.realizedUsd),
        feesUsd: dollars(position.feesUsd),
      })),
    },
    quotes: stored.quotes.map(quoteFrom),
    at: instant(stored.at),
  };
  const judgement = judge(input.rules, input.account, marksOf(input.quotes));
  invariant(!('unpriced' in judgement), 'evidence holds a price for every position');
  return { input, judgement };
}

const rulesForm = (rules: RuleSet) => ({
  startingUsd: formatUsd(rules.startingUsd),
  profitTargetUsd: formatUsd(rules.profitTargetUsd),
  maxDrawdownUsd: formatUsd(rules.maxDrawdownUsd),
  dailyLossUsd: formatUsd(rules.dailyLossUsd),
  riskPerTradeUsd: formatUsd(rules.riskPerTradeUsd),
  tradesMin: rules.tradesMin,
  leverageMax: rules.leverageMax,
  dayZone: rules.dayZone,
  dayResetAt: rules.dayResetAt,
});

/** The canonical text of a rule set, by which it is hashed and pinned. */
export const ruleSetText = (rules: RuleSet): string => JSON.stringify(rulesForm(rules));

const rulesFrom = (form: ReturnType<typeof rulesForm>): RuleSet => ({
  startingUsd: dollars(form.startingUsd),
  profitTargetUsd: dollars(form.profitTargetUsd),
  maxDrawdownUsd: dollars(form.maxDrawdownUsd),
  dailyLossUsd: dollars(form.dailyLossUsd),
  riskPerTradeUsd: dollars(form.riskPerTradeUsd),
  tradesMin: form.tradesMin,
  leverageMax: form.leverageMax,
  dayZone: form.dayZone,
  dayResetAt: form.dayResetAt,
});

const quoteForm = (quote: Quote) => ({
  instrument: quote.instrument,
  venue: quote.venue,
  sequence: quote.sequence,
  venueProof: quote.venueProof,
  venueAt: quote.venueAt,
  receivedAt: quote.receivedAt,
  bid: formatPrice(quote.bid.price),
  bidQty: formatQty(quote.bid.qty),
  ask: formatPrice(quote.ask.price),
  askQty: formatQty(quote.ask.qty),
});

const quoteFrom = (form: ReturnType<typeof quoteForm>): Quote => ({
  instrument: form.instrument,
  venue: form.venue,
  sequence: form.sequence,
  venueProof: form.venueProof,
  venueAt: form.venueAt,
  receivedAt: form.receivedAt,
  bid: { price: read<Price>(parsePrice, form.bid), qty: read<Qty>(parseQty, form.bidQty) },
  ask: { price: read<Price>(parsePrice, form.ask), qty: read<Qty>(parseQty, form.askQty) },
});

const judgementForm = ({ equityUsd, balanceUsd, rooms, verdict }: Judgement) => ({
  equityUsd: formatUsd(equityUsd),
  balanceUsd: formatUsd(balanceUsd),
  rooms: rooms.map((room) => ({
    rule: room.rule,
    limitUsd: formatUsd(room.limitUsd),
    usedUsd: formatUsd(room.usedUsd),
    roomUsd: formatUsd(room.roomUsd),
  })),
  verdict: verdict.kind,
  brokenRule: verdict.kind === 'failed' ? verdict.broken.rule : null,
});

type Stored = {
  readonly format: number;
  readonly assessmentId: AssessmentId;
  readonly accountId: AccountId;
  readonly accountVersion: number;
  readonly ruleSetVersion: number;
  readonly ruleSetHash: string;
  readonly rules: ReturnType<typeof rulesForm>;
  readonly at: number;
  readonly account: {
    readonly cashUsd: string;
    readonly tradesClosed: number;
    readonly day: string;
    readonly dayAnchorUsd: string;
    readonly positions: readonly {
      readonly instrument: InstrumentId;
      readonly qty: string;
      readonly costUsd: string;
      readonly realizedUsd: string;
      readonly feesUsd: string;
    }[];
  };
  readonly quotes: readonly ReturnType<typeof quoteForm>[];
};

function read<T extends bigint>(parse: (text: string) => T | undefined, text: string): T {
  const value = parse(text);
  invariant(value !== undefined, `${text} is not a decimal of evidence`);
  return value;
}

const dollars = (text: string): Usd => read(parseUsd, text);
