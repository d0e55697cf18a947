import fc from 'fast-check';
import { instrumentsFrom, slugOf, whyNot } from '../../../../adapters/venues/polymarket/markets/instruments';
import { sidesOf } from '../../../../adapters/venues/polymarket/markets/outcomes';
import { gammaMarket } from '../../../../adapters/venues/polymarket/wire/rest';
import { instrumentId } from '../../../../contracts/ids';
import { kindOf } from '../../../../domain/market/instrument';
import type { PolymarketServer } from '../../../../local/simulators/polymarket/server';
import { OUTCOMES } from '../../../../local/simulators/truth/listing';
import { captured } from '../../../captures/captured';
import { VenueLab } from '../../../fixtures/venues/venue-lab';
import { gamma, gammaText, heldOutcome } from './gamma-story';

/** Goal: the markets that were seen give two instruments each, with the venue's own names and the fee that it takes. */
test.each`
  market                                         | ids                                                                                                   | names                     | fee        | statuses
  ${'gamma_market'}                              | ${'PM-btc-updown-5m-1773307200-UP PM-btc-updown-5m-1773307200-DOWN'}                                  | ${['Up', 'Down']}         | ${70_000n} | ${'open open'}
  ${'gamma_market_sports_market_money_line'}     | ${'PM-cs2-faze-ill-2026-04-05-FAZE PM-cs2-faze-ill-2026-04-05-ILLWILL'}                               | ${['FaZe', 'illwill']}    | ${30_000n} | ${'resolved resolved'}
  ${'gamma_market_closed_binary_accepting_true'} | ${'PM-russia-x-ukraine-ceasefire-by-end-of-2027-YES PM-russia-x-ukraine-ceasefire-by-end-of-2027-NO'} | ${[undefined, undefined]} | ${0n}      | ${'closed closed'}
`('$market: $ids', ({ market, ids, names, fee, statuses }) => {
  const instruments = instrumentsFrom(gammaMarket.parse(captured(`polymarket/${market}`)));
  expect(instruments.map(({ id }) => id).join(' ')).toBe(ids);
  expect(instruments.map(({ id }) => kindOf(id))).toEqual(['outcome', 'outcome']);
  expect(instruments.map(({ outcome }) => outcome?.name)).toEqual(names);
  expect(instruments.map(({ outcome }) => outcome?.side)).toEqual(['yes', 'no']);
  expect(instruments.map(({ takerFee }) => takerFee.rate)).toEqual([fee, fee]);
  expect(instruments.map(({ status }) => status).join(' ')).toBe(statuses);
});

test('the first team won: its shares pay, those of the second do not', () => {
  const payouts = instrumentsFrom(gammaMarket.parse(captured('polymarket/gamma_market_sports_market_money_line')));
  expect(payouts.map(({ payout }) => payout)).toEqual([
    { kind: 'pays', price: 100_000_000n },
    { kind: 'pays', price: 0n },
  ]);
});

/** Goal: ids are the names' where they can be, and those of Yes and No as they have always been. */
test.each`
  outcomes                     | suffixes            | shown
  ${['Yes', 'No']}             | ${'YES NO'}         | ${'YES NO'}
  ${['yes', 'NO']}             | ${'YES NO'}         | ${'YES NO'}
  ${['No', 'Yes']}             | ${'NO YES'}         | ${'No Yes'}
  ${['Up', 'Down']}            | ${'UP DOWN'}        | ${'Up Down'}
  ${['Over 2.5', 'Under 2.5']} | ${'OVER25 UNDER25'} | ${'Over 2.5 Under 2.5'}
  ${['São Paulo', 'Bahia']}    | ${'SAOPAULO BAHIA'} | ${'São Paulo Bahia'}
  ${['北京', '上海']}          | ${'FIRST SECOND'}   | ${'北京 上海'}
  ${['USD', 'EUR']}            | ${'FIRST SECOND'}   | ${'USD EUR'}
  ${['A B', 'A-B']}            | ${'FIRST SECOND'}   | ${'A B A-B'}
  ${['\u202eUp', 'Down\n']}    | ${'UP DOWN'}        | ${'Up Down'}
  ${['', '']}                  | ${'FIRST SECOND'}   | ${'FIRST SECOND'}
`('$outcomes: $suffixes', ({ outcomes, suffixes, shown }) => {
  const { yes, no } = sidesOf(outcomes);
  expect(`${yes.suffix} ${no.suffix}`).toBe(suffixes);
  expect(`${yes.shown} ${no.shown}`).toBe(shown);
});

test('whatever two outcomes are called, their ids are two, are ids, and give the slug back', () => {
  const slug = fc.stringMatching(/^[a-zA-Z0-9-]{1,180}$/);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), slug, (first, second, text) => {
      const market = gamma({ slug: text, outcomes: JSON.stringify([first, second]) });
      const ids = instrumentsFrom(market).map(({ id }) => id);
      expect(new Set(ids).size).toBe(2);
      for (const id of ids) {
        expect(instrumentId.safeParse(id).success).toBe(true);
        expect(slugOf({ id })).toBe(text);
        expect(id.endsWith('-USD')).toBe(false);
      }
    }),
  );
});

/** Goal: what cannot be followed says why. */
test.each`
  given                                                               | why
  ${{}}                                                               | ${undefined}
  ${{ outcomes: '["A","B","C"]' }}                                    | ${'it has 3 outcomes and not two'}
  ${{ outcomes: '["Alone"]' }}                                        | ${'it has 1 outcomes and not two'}
  ${{ clobTokenIds: '["1"]' }}                                        | ${'its outcomes have no tokens of their own'}
  ${{ clobTokenIds: '["1","1"]' }}                                    | ${'its outcomes have no tokens of their own'}
  ${{ enableOrderBook: false }}                                       | ${'it has no order book'}
  ${{ orderPriceMinTickSize: 1e-9 }}                                  | ${'we cannot hold its price step of 1e-9'}
  ${{ orderPriceMinTickSize: 0 }}                                     | ${'we cannot hold its price step of 0'}
  ${{ orderMinSize: 1e-9 }}                                           | ${'we cannot hold its least quantity of 1e-9'}
  ${{ slug: 'a_b' }}                                                  | ${'its slug is unfit for an id'}
  ${{ feeSchedule: { rate: 0.04, exponent: 2 } }}                     | ${'its fee follows another formula, with the exponent 2'}
  ${{ feeSchedule: null, feeType: 'novel_fees' }}                     | ${'it takes a fee and does not say at which rate'}
  ${{ feeSchedule: null, feeType: 'novel_fees', feesEnabled: false }} | ${undefined}
`('$given: $why', ({ given, why }) => {
  expect(whyNot(gamma(given))).toBe(why);
  expect(instrumentsFrom(gamma(given))).toHaveLength(why === undefined ? 2 : 0);
});

describe('over a socket', () => {
  const [listing, other] = OUTCOMES as unknown as readonly [(typeof OUTCOMES)[number], (typeof OUTCOMES)[number]];
  let lab: VenueLab<PolymarketServer>;
  afterEach(() => lab.close());
  const ids = { up: `PM-${listing.slug}-UP`, down: `PM-${listing.slug}-DOWN` };

  test('a market of Up and Down is followed, has both books, and pays who was right', async () => {
    lab = await VenueLab.polymarket();
    lab.venue.nameOutcomes(listing, ['Up', 'Down']);
    await lab.until(() => lab.quality(ids.up) === 'good' && lab.quality(ids.down) === 'good');
    expect(lab.seen(ids.up, 20)).toEqual(lab.true(listing, 20));
    lab.truth.resolve(listing, 'no');
    await lab.until(() => lab.status(ids.up) === 'resolved 0' && lab.status(ids.down) === 'resolved 1');
    expect(lab.troubles).toEqual([]);
  });

  test('a token keeps its id when the venue calls its outcome something else', async () => {
    lab = await VenueLab.polymarket();
    lab.venue.nameOutcomes(listing, ['Up', 'Down']);
    await lab.until(() => lab.quality(ids.up) === 'good');
    lab.venue.nameOutcomes(listing, ['Higher', 'Lower']);
    await lab.until(() => [...lab.instruments.values()].some(({ outcome }) => outcome?.name === 'Higher'));
    lab.truth.resolve(listing, 'yes');
    await lab.until(() => lab.status(ids.up) === 'resolved 1' && lab.status(ids.down) === 'resolved 0');
    expect([...lab.instruments.keys()].filter((id) => id.startsWith(`PM-${listing.slug}`)).sort()).toEqual(
      [ids.down, ids.up].sort(),
    );
  });

  test('what cannot be followed is said once, with its reason, and costs the others nothing', async () => {
    lab = await VenueLab.polymarket();
    const three = gammaText({ slug: 'three-way', outcomes: '["Home","Draw","Away"]' });
    const unreadable = { ...gammaText({ slug: 'no-step' }), orderPriceMinTickSize: null };
    lab.venue.quirks.alsoListed = [three, unreadable];
    await lab.until(() => lab.troubles.length === 2 && lab.quality(`PM-${other.slug}-YES`) === 'good');
    const asked = lab.venue.quirks.asked;
    await lab.until(() => lab.venue.quirks.asked > asked + 10);
    expect([...lab.troubles].sort()).toEqual([
      expect.stringMatching(/^polymarket: the market no-step cannot be read: orderPriceMinTickSize: /),
      'polymarket: the market three-way cannot be followed: it has 3 outcomes and not two',
    ]);
  });

  test('a market that accounts hold under its old id stays under it', async () => {
    const held = [heldOutcome(listing.slug, 'yes'), heldOutcome(listing.slug, 'no')];
    lab = await VenueLab.polymarket({ markets: [other.slug], held: async () => held });
    lab.venue.nameOutcomes(listing, ['Up', 'Down']);
    await lab.until(() => lab.instruments.get(`PM-${listing.slug}-YES` as never)?.outcome?.name === 'Up');
    lab.truth.resolve(listing, 'yes');
    await lab.until(() => lab.status(`PM-${listing.slug}-YES`) === 'resolved 1');
  });
});
