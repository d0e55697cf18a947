import type { Phase, Program } from '../../../domain/assessment/progression/program';
import { formatUsd, parseUsd, ppm, type Usd } from '../../../domain/kernel/money';
import { defaultOffers } from '../../../usecases/assessment/default-tiers';
import { ANN, BOB, Shop, trace } from './shop';

const dollars = (text: string): Usd => parseUsd(text) as Usd;

async function filled() {
  const shop = new Shop();
  await shop.fill();
  const sprint = shop.world.tiers.get('sprint-10k');
  if (!sprint) throw new Error('it is on sale');
  return { shop, sprint };
}

test('an empty shop is filled once, in the order of the offers', async () => {
  const shop = new Shop();
  expect(await shop.fill()).toEqual(['sprint-10k', 'standard-25k', 'advanced-50k', 'instant-10k', 'master-100k']);
  expect(await shop.fill()).toEqual([]);
  expect(new Set([...shop.world.tiers.values()].map(({ ruleSetHash }) => ruleSetHash)).size).toBe(5);
});

/** Goal: a firm sees one of each shape, and each is what its line says. */
test.each`
  slug              | targets              | floor                  | daily              | retries
  ${'sprint-10k'}   | ${'800.00'}          | ${'static'}            | ${'fail balance'}  | ${0}
  ${'standard-25k'} | ${'2000.00'}         | ${'trailing_eod'}      | ${'pause higher'}  | ${1}
  ${'advanced-50k'} | ${'4000.00 2500.00'} | ${'static'}            | ${'fail balance'}  | ${1}
  ${'master-100k'}  | ${'8000.00 5000.00'} | ${'trailing_intraday'} | ${'fail equity'}   | ${0}
  ${'instant-10k'}  | ${'none'}            | ${'trailing_closed'}   | ${'close balance'} | ${0}
`('$slug has the targets $targets over a $floor floor', ({ slug, targets, floor, daily, retries }) => {
  const { program } = defaultOffers().find((offer) => offer.slug === slug) ?? { program: undefined };
  const rules = program?.phases.map((phase) => phase.rules) ?? [];
  expect(rules.map(({ target }) => (target ? formatUsd(target.profitUsd) : 'none')).join(' ')).toBe(targets);
  expect(new Set(rules.map(({ maxLoss }) => maxLoss.mode))).toEqual(new Set([floor]));
  const days = rules.map(({ dailyLoss }) => `${dailyLoss?.severity} ${dailyLoss?.anchor}`);
  expect(new Set(days)).toEqual(new Set([daily]));
  expect(program?.retries).toBe(retries);
});

test('one of them shows that an asset may have a leverage of its own', () => {
  const own = defaultOffers().flatMap(({ slug, program }) =>
    program.phases.flatMap(({ rules }) => rules.exposure.leverageOf.map((each) => ({ slug, ...each }))),
  );
  expect(own).toEqual([{ slug: 'instant-10k', instrument: 'SOL-USD', leverageMax: ppm(2_000_000n) }]);
});

test('a name or a price is no new version, whoever publishes; a changed program is the next', async () => {
  const { shop, sprint } = await filled();
  const renamed = await shop.publish({ ...sprint, name: 'Sprint', priceUsd: dollars('99'), actor: BOB, trace });
  expect(renamed).toMatchObject({ ok: true, value: { name: 'Sprint', ruleSetVersion: 1, tierId: sprint.tierId } });
  expect(shop.world.audit.at(-1)).toMatchObject({ actor: BOB, action: 'tier.published', subject: sprint.tierId });
  const changed = await shop.publish({ ...sprint, program: { ...sprint.program, retries: 3 }, actor: ANN, trace });
  expect(changed).toMatchObject({ ok: true, value: { ruleSetVersion: 2 } });
  const back = await shop.publish({ ...sprint, actor: ANN, trace });
  expect(back).toMatchObject({ ok: true, value: { ruleSetVersion: 3, ruleSetHash: sprint.ruleSetHash } });
});

const nameless = ({ rules }: Phase): Phase => ({ name: '', rules });
const unbounded = ({ name, rules }: Phase): Phase => ({ name, rules: { ...rules, dayZone: 'Mars/Olympus' } });

test.each<[string, string, (program: Program) => Program, string, string]>([
  ['a price below the least', '0.49', (program) => program, 'price_invalid', 'priceUsd'],
  ['part of a cent', '10.001', (program) => program, 'price_invalid', 'priceUsd'],
  ['a free reset', '89', (program) => ({ ...program, resetPriceUsd: dollars('0') }), 'price_invalid', 'resetPriceUsd'],
  ['no phase', '89', (program) => ({ ...program, phases: [] }), 'rules_invalid', 'phases'],
  [
    'a nameless phase',
    '89',
    (program) => ({ ...program, phases: program.phases.map(nameless) }),
    'rules_invalid',
    'phases[0].name',
  ],
  [
    'a zone that is none',
    '89',
    (program) => ({ ...program, phases: program.phases.map(unbounded) }),
    'rules_invalid',
    'phases[0].rules.dayZone',
  ],
])('%s is refused and changes nothing', async (_, price, change, refusal, field) => {
  const { shop, sprint } = await filled();
  const program = change(sprint.program);
  const answer = await shop.publish({ ...sprint, priceUsd: dollars(price), program, actor: ANN, trace });
  expect(answer).toMatchObject({ ok: false, refusal, fault: { field } });
  expect(shop.world.tiers.get('sprint-10k')).toEqual(sprint);
});
