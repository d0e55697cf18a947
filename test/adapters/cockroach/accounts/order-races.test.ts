import { isDeepStrictEqual } from 'node:util';
import { makeAccountStore } from '../../../../adapters/cockroach/accounts/account-store';
import { makeAssessmentStore } from '../../../../adapters/cockroach/assessments/assessment-store';
import type { Database } from '../../../../adapters/cockroach/connection/database';
import type { RuleSet } from '../../../../domain/assessment/rules/rule-set';
import { idOf, type OrderId } from '../../../../domain/kernel/ids';
import { ppm } from '../../../../domain/kernel/money';
import { uuidIds } from '../../../../runtime/edge';
import { newAssessment, rules, trader } from '../../../fixtures/stored-account';
import { expectSoundBooks } from '../books';
import { migratedDatabase } from '../test-database';

const BTC_1 = 100_000_000n;

/** Goal: one order id is one order, and no two orders together do what one of them may not. */
describe('racing with orders', () => {
  let database: Database;
  beforeAll(async () => {
    database = await migratedDatabase(24);
  });
  afterAll(() => database.close());

  /** An account, and as many processes as asked for that trade it, each with a memory of its own. */
  const opened = async (processes: number, tier: RuleSet = rules) => {
    const { given, inbox } = newAssessment();
    const bought = { ...given, pinned: { ...given.pinned, rules: tier } };
    await makeAssessmentStore(database).create(bought, inbox);
    const orders = Array.from({ length: processes }, () => trader(makeAccountStore(database), given));
    return { ...given, orders };
  };

  test.each([1, 4])('20 copies of one order in %i processes are one order and 20 equal answers', async (processes) => {
    const { accountId, orders } = await opened(processes);
    const orderId = idOf<OrderId>(uuidIds.next());
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => orders[index % processes]?.('buy', 10_000_000n, orderId)),
    );
    const placed = answers.map((answer) => (answer?.ok ? answer.value.placed : answer?.refusal));
    expect(placed.every((one) => isDeepStrictEqual(one, placed[0]))).toBe(true);
    expect(answers.filter((answer) => answer?.ok && !answer.value.isReplay)).toHaveLength(1);
    await expectSoundBooks(database, accountId, 1);
  });

  test('the id of an order with another quantity is refused, and the order stays as it was', async () => {
    const { accountId, orders } = await opened(2);
    const orderId = idOf<OrderId>(uuidIds.next());
    const first = await orders[0]?.('buy', 10_000_000n, orderId);
    for (const order of orders) {
      expect(await order('buy', 20_000_000n, orderId)).toMatchObject({ ok: false, refusal: 'order_id_reused' });
      const again = await order('buy', 10_000_000n, orderId);
      expect(again.ok && again.value.placed).toEqual(first?.ok && first.value.placed);
    }
    await expectSoundBooks(database, accountId, 1);
  });

  test('of two orders that together exceed the leverage, exactly one fills', async () => {
    const tier = { ...rules, exposure: { ...rules.exposure, leverageMax: ppm(1_000_000n) } };
    for (let round = 0; round < 10; round++) {
      const { accountId, orders } = await opened(2, tier);
      const answers = await Promise.all(orders.map((order) => order('buy', BTC_1)));
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
      await expectSoundBooks(database, accountId, 1);
    }
  });

  test('two processes in turns on one account stay exact, whatever each remembers', async () => {
    const { accountId, orders } = await opened(2);
    for (let turn = 0; turn < 20; turn++) {
      const answer = await orders[turn % 2]?.(turn % 3 === 0 ? 'sell' : 'buy', 1_000_000n);
      expect(answer?.ok).toBe(true);
    }
    await expectSoundBooks(database, accountId, 20);
  });

  test('nothing is refused on the word of a memory that another process has overtaken', async () => {
    const tier = { ...rules, exposure: { ...rules.exposure, leverageMax: ppm(1_000_000n) } };
    const { accountId, orders } = await opened(2, tier);
    const [here, there] = orders;
    expect((await here?.('buy', BTC_1))?.ok).toBe(true);
    expect((await there?.('sell', BTC_1))?.ok).toBe(true);
    expect((await here?.('buy', BTC_1))?.ok).toBe(true);
    await expectSoundBooks(database, accountId, 3);
  });

  test('64 writers on one account of which every first tries fail with 40001 lose nothing', async () => {
    const { accountId, orders } = await opened(4);
    await database.execute('CREATE SEQUENCE test_tries');
    await database.execute(`CREATE FUNCTION test_lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('test_tries') <= 320 THEN RAISE EXCEPTION 'others went first' USING ERRCODE = '40001'; END IF;
      RETURN NEW; END $$`);
    await database.execute(
      'CREATE TRIGGER test_lose BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION test_lose()',
    );
    const untilFilled = async (index: number): Promise<void> => {
      const orderId = idOf<OrderId>(uuidIds.next());
      for (;;) {
        const answer = await orders[index % orders.length]?.('buy', 100_000n, orderId);
        if (answer?.ok) return;
        if (answer?.refusal !== 'account_busy') throw new Error(answer?.refusal);
      }
    };
    await Promise.all(Array.from({ length: 64 }, (_, index) => untilFilled(index)));
    await database.execute('DROP TRIGGER test_lose ON accounts');
    await expectSoundBooks(database, accountId, 64);
  });
});
