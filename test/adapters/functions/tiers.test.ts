import { randomUUID } from 'node:crypto';
import { freePort } from '../../../local/free-port';
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

const start = (purchaseId: string, tierSlug: string) =>
  world.call('POST /purchases', { body: { purchaseId, tierSlug }, token: buyer.token });

describe('the shop', () => {
  test('a fresh installation sells four tiers, cheapest first; a second migration adds none', async () => {
    const { handler } = await import('../../../lambdas/migrate/handler');
    expect(await handler({ RequestType: 'Update' })).toEqual({ PhysicalResourceId: 'schema' });
    const { body } = await world.call('GET /tiers');
    expect(body.tiers.map(({ slug }: { slug: string }) => slug)).toEqual([
      'sprint-10k',
      'standard-25k',
      'advanced-50k',
      'master-100k',
    ]);
    expect(body.tiers[0]).toMatchObject({ priceUsd: '89.00', ruleSetVersion: 1, rules: { startingUsd: '10000.00' } });
  });

  const rules = {
    startingUsd: '10000',
    profitTargetUsd: '800',
    maxDrawdownUsd: '1000',
    dailyLossUsd: '500',
    riskPerTradeUsd: '300',
    tradesMin: 5,
    leverageMax: 5,
    dayZone: 'Europe/Berlin',
    dayResetAt: '00:30',
  };
  const put = (token: string, slug: string, body: object) => world.call(`PUT /admin/tiers/${slug}`, { body, token });

  test('changed rules become a new version, a changed price does not; what is sold keeps its version', async () => {
    const slug = `t-${randomUUID()}`;
    const first = await put(admin.token, slug, { name: 'One', priceUsd: '10', rules });
    expect(first).toMatchObject({ status: 200, body: { ruleSetVersion: 1 } });
    const sold = randomUUID();
    expect((await start(sold, slug)).status).toBe(201);
    const dearer = await put(admin.token, slug, { name: 'One', priceUsd: '20', rules });
    expect(dearer.body).toMatchObject({ ruleSetVersion: 1, ruleSetHash: first.body.ruleSetHash, priceUsd: '20.00' });
    const harder = await put(admin.token, slug, {
      name: 'One',
      priceUsd: '20',
      rules: { ...rules, dailyLossUsd: '400' },
    });
    expect(harder.body.ruleSetVersion).toBe(2);
    expect(harder.body.ruleSetHash).not.toBe(first.body.ruleSetHash);
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
    const losses = ['100', '200', '300', '400', '500'];
    const answers = await Promise.all(
      losses.map((dailyLossUsd) =>
        put(admin.token, slug, { name: 'One', priceUsd: '10', rules: { ...rules, dailyLossUsd } }),
      ),
    );
    expect(answers.map(({ body }) => body.ruleSetVersion).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test.each`
    what                                      | change                             | refusal              | field
    ${'a daily loss wider than the drawdown'} | ${{ dailyLossUsd: '1001' }}        | ${'rules_invalid'}   | ${'rules.dailyLossUsd'}
    ${'a drawdown of the whole account'}      | ${{ maxDrawdownUsd: '10000' }}     | ${'rules_invalid'}   | ${'rules.maxDrawdownUsd'}
    ${'no target'}                            | ${{ profitTargetUsd: '0' }}        | ${'rules_invalid'}   | ${'rules.profitTargetUsd'}
    ${'a negative loss'}                      | ${{ dailyLossUsd: '-1' }}          | ${'rules_invalid'}   | ${'rules.dailyLossUsd'}
    ${'a zone that is none'}                  | ${{ dayZone: 'Mars/Olympus' }}     | ${'rules_invalid'}   | ${'rules.dayZone'}
    ${'an offset for a zone'}                 | ${{ dayZone: '+02:00' }}           | ${'rules_invalid'}   | ${'rules.dayZone'}
    ${'a time that is none'}                  | ${{ dayResetAt: '24:00' }}         | ${'invalid_request'} | ${'rules.dayResetAt'}
    ${'a number for a decimal'}               | ${{ startingUsd: 10000 }}          | ${'invalid_request'} | ${'rules.startingUsd'}
    ${'a float of a decimal'}                 | ${{ startingUsd: '1e4' }}          | ${'invalid_request'} | ${'rules.startingUsd'}
    ${'a sum no account can hold'}            | ${{ startingUsd: '100000000.01' }} | ${'rules_invalid'}   | ${'rules.startingUsd'}
  `('$what is refused and sells nothing', async ({ change, refusal, field }) => {
    const before = await world.rows('rule_sets');
    const answer = await put(admin.token, 'bad-tier', { name: 'Bad', priceUsd: '10', rules: { ...rules, ...change } });
    expect(answer).toMatchObject({ status: 422, body: { refusal, errors: [{ field }] } });
    expect(await world.rows('rule_sets')).toBe(before);
  });

  test.each(['0', '0.49', '10.001', '1000000', '-5'])('a price of %s cannot be charged', async (priceUsd) => {
    const answer = await put(admin.token, 'bad-tier', { name: 'Bad', priceUsd, rules });
    expect(answer).toMatchObject({ status: 422, body: { refusal: 'price_invalid', errors: [{ field: 'priceUsd' }] } });
  });

  test('only an admin publishes', async () => {
    const body = { name: 'One', priceUsd: '10', rules };
    expect((await put(buyer.token, 'mine', body)).body.refusal).toBe('forbidden');
    expect((await world.call('PUT /admin/tiers/mine', { body })).body.refusal).toBe('unauthenticated');
  });
});
