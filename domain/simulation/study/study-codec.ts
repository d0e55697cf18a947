import { ACCOUNT } from '../../account/codecs/account-codec';
import { RULE_SET } from '../../assessment/rules/rule-set-codec';
import { COUNT, type Codec, FLAG, INSTANT, list, nullable, PPM, record, text, USD, variant } from '../../kernel/codec';
import { invariant } from '../../kernel/invariant';
import type { History, Odds, PastTrade, Strategy } from '../strategy';
import type { Everything, HowSize, Study, WhatFirm } from './study';

/** Whole cents and seeds, of any size. */
const WHOLE: Codec<bigint> = {
  encode: (value) => value.toString(),
  decode: (form) => {
    invariant(typeof form === 'string' && /^-?\d{1,20}$/.test(form), `${form} is not a whole number`);
    return BigInt(form);
  },
};

const PAST_TRADE = record<PastTrade>({ resultCents: WHOLE, worstCents: WHOLE, bestCents: WHOLE });

type PayoffOf<Kind> = Extract<Odds['payoff'], { readonly kind: Kind }>;

const PAYOFF = variant<'kind', Odds['payoff']>('kind', {
  multiple: record<PayoffOf<'multiple'>>({ kind: text(), times: PPM }),
  cents: record<PayoffOf<'cents'>>({ kind: text(), cents: WHOLE }),
});

const TRADES = variant<'kind', Strategy['trades']>('kind', {
  odds: record<Odds>({
    kind: text(),
    winRate: PPM,
    riskCents: WHOLE,
    payoff: PAYOFF,
    adverse: PPM,
    favourable: PPM,
  }),
  history: record<History>({ kind: text(), trades: list(PAST_TRADE), meanBlock: COUNT }),
});

const STRATEGY = record<Strategy>({
  trades: TRADES,
  tradesPerDay: COUNT,
  heldMs: COUNT,
  size: PPM,
  restsOnWeekends: FLAG,
});

const ASKS = variant<'scope', Study['asks']>('scope', {
  everything: record<Everything>({
    scope: text(),
    strategy: STRATEGY,
    worstDay: nullable(list(PAST_TRADE)),
    trials: COUNT,
  }),
  size: record<HowSize>({ scope: text(), strategy: STRATEGY, size: PPM }),
  firm: record<WhatFirm>({
    scope: text(),
    mix: list(record<WhatFirm['mix'][number]>({ weight: PPM, strategy: STRATEGY })),
    priceUsd: USD,
    payoutUsd: USD,
  }),
});

const ASKED_FIELDS = { rules: RULE_SET, account: nullable(ACCOUNT), days: COUNT, paths: COUNT, asks: ASKS };

/** A study as it is stored until its runs are played. */
export const STUDY: Codec<Study> = record<Study>({ ...ASKED_FIELDS, at: INSTANT, seed: WHOLE });

/**
 * What two requests share that are the same question: all but the moment, and the seed where nobody named one. Who
 * asked, and about which assessment or tier, is for the caller to add.
 */
export const questionText = (study: Study, namedSeed: bigint | null): string =>
  JSON.stringify({
    asked: record<Omit<Study, 'at' | 'seed'>>(ASKED_FIELDS).encode(study),
    seed: namedSeed === null ? null : WHOLE.encode(namedSeed),
  });
