import { randomUUID } from 'node:crypto';
import { freePort } from '../../fixtures/free-port';
import { FunctionWorld, signedIn } from './world';

let world: FunctionWorld;
let buyer: Awaited<ReturnType<typeof signedIn>>;
let admin: Awaited<ReturnType<typeof signedIn>>;
beforeAll(async () => {
  world = await FunctionWorld.start(await freePort());
  buyer = await signedIn(world);
  admin = await signedIn(world);
  await world.pool.query(`UPDATE users SET roles = '{trader,admin}' WHERE user_id = $1`, [admin.userId]);
});
afterAll(() => world.stop());

const SOL_AT_2 = { instrument: 'SOL-USD', leverageMax: 2 };
const start = (purchaseId: string, tierSlug: string) =>
  world.call('POST /purchases', { body: { purchaseId, tierSlug }, token: buyer.token });

describe('the shop', () => {
  test('a fresh installation sells one tier of each shape, cheapest first; a second migration adds none', async () => {
    const { handler } = await import('../../../lambdas/migrate/handler');
    expect(await handler({ RequestType: 'Update' })).toEqual({ PhysicalResourceId: 'schema' });
    const { body } = await world.call('GET /tiers');
    const told = body.tiers.map(({ slug, priceUsd, phases }: Tier) => `${slug} ${priceUsd} ${phases.length}`);
    expect(told).toEqual([
      'sprint-10k 89.00 1',
      'standard-25k 189.00 1',
      'advanced-50k 299.00 2',
      'instant-10k 399.00 1',
      'master-100k 499.00 2',
    ]);
    expect(body.tiers[0]).toMatchObject({
      ruleSetVersion: 1,
      retries: 0,
      resetPriceUsd: '69.00',
      phases: [{ name: 'Assessment', rules: { startingUsd: '10000.00', target: { profitUsd: '800.00' } } }],
    });
    expect(body.tiers[3].phases[0].rules.target).toBeNull();
  });

  type Rules = { readonly [field: string]: Rules | string | number | boolean | null };
  type Tier = {
    readonly slug: string;
    readonly priceUsd: string;
    readonly phases: readonly { readonly name: string; readonly rules: Rules }[];
    readonly retries: number;
    readonly resetPriceUsd: string | null;
  };

  /** The program of a tier that is on sale, as an admin sends it. */
  const programOf = async (slug: string) => {
    const { body } = await world.call('GET /tiers');
    const { phases, retries, resetPriceUsd } = body.tiers.find((tier: Tier) => tier.slug === slug) as Tier;
    return { phases, retries, resetPriceUsd };
  };
  const put = (token: string, slug: string, body: object) => world.call(`PUT /admin/tiers/${slug}`, { body, token });

  test('a changed program becomes a new version, a changed price does not; what is sold keeps its version', async () => {
    const slug = `t-${randomUUID()}`;
    const program = await programOf('master-100k');
    const first = await put(admin.token, slug, { name: 'One', priceUsd: '10', ...program });
    expect(first).toMatchObject({ status: 200, body: { ruleSetVersion: 1, ...program } });
    const sold = randomUUID();
    expect((await start(sold, slug)).status).toBe(201);
    const dearer = await put(admin.token, slug, { name: 'One', priceUsd: '20', ...program });
    expect(dearer.body).toMatchObject({ ruleSetVersion: 1, ruleSetHash: first.body.ruleSetHash, priceUsd: '20.00' });
    const kinder = await put(admin.token, slug, { name: 'One', priceUsd: '20', ...program, retries: 3 });
    expect(kinder.body.ruleSetVersion).toBe(2);
    expect(kinder.body.ruleSetHash).not.toBe(first.body.ruleSetHash);
    const { rows } = await world.pool.query(
      'SELECT rule_set_version, price_usd FROM purchases WHERE purchase_id = $1',
      [sold],
    );
    expect(rows[0]).toEqual({ rule_set_version: 1, price_usd: '10000000' });
    const audit = await world.pool.query('SELECT actor FROM audit_log WHERE subject = $1', [first.body.tierId]);
    expect(audit.rows).toHaveLength(3);
  });

  test('publishing the same tier at once from many sides leaves consecutive versions', async () => {
    const slug = `t-${randomUUID()}`;
    const program = await programOf('sprint-10k');
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map((retries) => put(admin.token, slug, { name: 'One', priceUsd: '10', ...program, retries })),
    );
    expect(answers.map(({ body }) => body.ruleSetVersion).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test.each`
    what                                     | phase | path                       | value                              | refusal              | field
    ${'a daily loss wider than the maximum'} | ${0}  | ${'dailyLoss.width'}       | ${{ kind: 'share', share: '0.5' }} | ${'rules_invalid'}   | ${'dailyLoss.width'}
    ${'a maximum loss of the whole account'} | ${1}  | ${'maxLoss.width'}         | ${{ kind: 'share', share: '1' }}   | ${'rules_invalid'}   | ${'maxLoss.width'}
    ${'a width of a kind that is none'}      | ${1}  | ${'maxLoss.width'}         | ${{ kind: 'pips', pips: 1 }}       | ${'invalid_request'} | ${'maxLoss.width.kind'}
    ${'no target in a phase before another'} | ${0}  | ${'target'}                | ${null}                            | ${'rules_invalid'}   | ${'target'}
    ${'a target of nothing'}                 | ${0}  | ${'target.profitUsd'}      | ${'0'}                             | ${'rules_invalid'}   | ${'target.profitUsd'}
    ${'a negative risk per trade'}           | ${0}  | ${'riskPerTrade.limitUsd'} | ${'-1'}                            | ${'rules_invalid'}   | ${'riskPerTrade.limitUsd'}
    ${'a zone that is none'}                 | ${1}  | ${'dayZone'}               | ${'Mars/Olympus'}                  | ${'rules_invalid'}   | ${'dayZone'}
    ${'an offset for a zone'}                | ${0}  | ${'dayZone'}               | ${'+02:00'}                        | ${'rules_invalid'}   | ${'dayZone'}
    ${'a time that is none'}                 | ${1}  | ${'dayResetAt'}            | ${'24:00'}                         | ${'invalid_request'} | ${'dayResetAt'}
    ${'a number for a decimal'}              | ${0}  | ${'startingUsd'}           | ${10_000}                          | ${'invalid_request'} | ${'startingUsd'}
    ${'a float of a decimal'}                | ${1}  | ${'startingUsd'}           | ${'1e4'}                           | ${'invalid_request'} | ${'startingUsd'}
    ${'a sum no account can hold'}           | ${0}  | ${'startingUsd'}           | ${'100000000.01'}                  | ${'rules_invalid'}   | ${'startingUsd'}
    ${'a leverage of nothing'}               | ${1}  | ${'exposure.leverageMax'}  | ${0}                               | ${'invalid_request'} | ${'exposure.leverageMax'}
    ${'two leverages of one'}                | ${0}  | ${'exposure.leverageOf'}   | ${[SOL_AT_2, SOL_AT_2]}            | ${'rules_invalid'}   | ${'exposure.leverageOf'}
    ${'a mode that is none'}                 | ${0}  | ${'maxLoss.mode'}          | ${'floating'}                      | ${'invalid_request'} | ${'maxLoss.mode'}
    ${'news of more than a week'}            | ${1}  | ${'conduct.news.afterMs'}  | ${604_800_001}                     | ${'invalid_request'} | ${'conduct.news.afterMs'}
    ${'an unknown rule'}                     | ${1}  | ${'luckMin'}               | ${1}                               | ${'invalid_request'} | ${'luckMin'}
  `('$what is refused in phase $phase and sells nothing', async ({ phase, path, value, refusal, field }) => {
    const before = await world.rows('rule_sets');
    const { phases, ...program } = await programOf('master-100k');
    const changed = phases.map(({ name, rules }, index) => ({
      name,
      rules: index === phase ? changedAt(rules, path.split('.'), value) : rules,
    }));
    const answer = await put(admin.token, 'bad-tier', { name: 'Bad', priceUsd: '10', ...program, phases: changed });
    expect(answer).toMatchObject({ status: 422, body: { refusal } });
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toContain(
      `phases[${phase}].rules.${field}`,
    );
    expect(await world.rows('rule_sets')).toBe(before);
  });

  const changedAt = (rules: Rules, [first = '', ...rest]: readonly string[], value: unknown): object => ({
    ...rules,
    [first]: rest.length === 0 ? value : changedAt(rules[first] as Rules, rest, value),
  });

  test('an administrator reads what firms publish, and starts a tier from any of it', async () => {
    const { status, body } = await world.call('GET /admin/tier-templates', { token: admin.token });
    expect(status).toBe(200);
    expect(body.templates.length).toBeGreaterThan(8);
    for (const { slug, name, phases, retries, resetPriceUsd } of body.templates) {
      const answer = await put(admin.token, slug, { name, priceUsd: '99', phases, retries, resetPriceUsd });
      expect([slug, answer.status]).toEqual([slug, 200]);
    }
  });

  test.each`
    what                         | change                          | refusal              | field
    ${'no phase'}                | ${{ phases: [] }}               | ${'invalid_request'} | ${'phases'}
    ${'phases that are no list'} | ${{ phases: {} }}               | ${'invalid_request'} | ${'phases'}
    ${'a phase that is none'}    | ${{ phases: [1] }}              | ${'invalid_request'} | ${'phases[0]'}
    ${'retries without end'}     | ${{ retries: 11 }}              | ${'invalid_request'} | ${'retries'}
    ${'half a retry'}            | ${{ retries: 0.5 }}             | ${'invalid_request'} | ${'retries'}
    ${'a reset for nothing'}     | ${{ resetPriceUsd: '0' }}       | ${'price_invalid'}   | ${'resetPriceUsd'}
    ${'an unknown field'}        | ${{ discount: '1' }}            | ${'invalid_request'} | ${'discount'}
    ${'no word about resets'}    | ${{ resetPriceUsd: undefined }} | ${'invalid_request'} | ${'resetPriceUsd'}
  `('a program with $what is refused', async ({ change, refusal, field }) => {
    const program = await programOf('sprint-10k');
    const answer = await put(admin.token, 'bad-tier', { name: 'Bad', priceUsd: '10', ...program, ...change });
    expect(answer).toMatchObject({ status: 422, body: { refusal, errors: [{ field }] } });
  });

  test.each(['0', '0.49', '10.001', '1000000', '-5'])('a price of %s cannot be charged', async (priceUsd) => {
    const answer = await put(admin.token, 'bad-tier', { name: 'Bad', priceUsd, ...(await programOf('sprint-10k')) });
    expect(answer).toMatchObject({ status: 422, body: { refusal: 'price_invalid', errors: [{ field: 'priceUsd' }] } });
  });

  test('only an admin publishes', async () => {
    const body = { name: 'One', priceUsd: '10', ...(await programOf('sprint-10k')) };
    expect((await put(buyer.token, 'mine', body)).body.refusal).toBe('forbidden');
    expect((await world.call('PUT /admin/tiers/mine', { body })).body.refusal).toBe('unauthenticated');
  });
});
