import type { Database } from '../../../../adapters/cockroach/connection/database';
import { sql } from '../../../../adapters/cockroach/connection/statement';
import { makeAccountJournal } from '../../../../adapters/cockroach/events/account-journal';
import type { AccountId } from '../../../../domain/kernel/ids';
import { replayAccount } from '../../../../usecases/events/replay-account';
import { newAssessment, trader } from '../../../fixtures/stored-account';
import { type Stores, storesOn } from '../stores';
import { migratedDatabase } from '../test-database';

/** Version 1 opens the account; 2 and 3, 4 and 5, 6 and 7 are orders and their fills, each pair in a row. */
const lose = sql<never>('test_lose')`
  DELETE FROM outbox WHERE key = $1::TEXT AND account_version = $2::INT4`;
const alter = sql<never>('test_alter')`
  UPDATE outbox SET body = replace(body, $3::TEXT, $4::TEXT) WHERE key = $1::TEXT AND account_version = $2::INT4`;
const move = sql<never>('test_move')`
  UPDATE outbox SET account_version = $3::INT4 WHERE key = $1::TEXT AND account_version = $2::INT4`;
const enrich = sql<never>('test_enrich')`
  UPDATE accounts SET cash_usd = cash_usd + 1 WHERE account_id = $1::UUID`;

/** Goal: whoever loses or alters a row of the journal, or of the account, is found out, and told where. */
describe('a journal that was tampered with', () => {
  let database: Database;
  let stores: Stores;
  beforeAll(async () => {
    database = await migratedDatabase();
    stores = storesOn(database);
  });
  afterAll(() => database.close());

  const traded = async (): Promise<AccountId> => {
    const { given, inbox } = newAssessment();
    await stores.assessments.create(given, inbox);
    const order = trader(stores.accounts, given);
    for (const side of ['buy', 'buy', 'sell'] as const) await order(side, 10_000_000n);
    return given.accountId;
  };

  const difference = async (id: AccountId): Promise<string | null | undefined> => {
    const replayed = await replayAccount({ accounts: stores.accounts, journal: makeAccountJournal(database) })(id);
    return replayed.ok ? replayed.value.difference : undefined;
  };

  test('as it was written it rebuilds the account', async () => {
    expect(await difference(await traded())).toBeNull();
  });

  test.each`
    row  | told
    ${1} | ${'event 1 is missing'}
    ${3} | ${'event 2 is missing'}
    ${7} | ${'event 6 is missing'}
  `('a row that was deleted, that of version $row, is named', async ({ row, told }) => {
    const id = await traded();
    await database.write(lose, [id, row]);
    expect(await difference(id)).toBe(told);
  });

  test.each`
    what                    | row  | from                            | to                                                                          | told
    ${'a fee'}              | ${5} | ${/"feeUsd":"[^"]*"/}           | ${'"feeUsd":"1.000000"'}                                                    | ${/^event 5, trading.order-filled: .*leaves another account/}
    ${'what was bought'}    | ${3} | ${/"qty":"0.1","part"/}         | ${'"qty":"0.2","part"'}                                                     | ${/^event 3, trading.order-filled: /}
    ${'which order it was'} | ${3} | ${/"orderId":"[^"]*","fillId"/} | ${`"orderId":"${'0'.repeat(8)}-0000-7000-8000-${'0'.repeat(12)}","fillId"`} | ${/^event 3, trading.order-filled: .*which does not work/}
    ${'its place'}          | ${5} | ${/"accountVersion":4/}         | ${'"accountVersion":9'}                                                     | ${/^event 4 cannot be read: says that it is event 9/}
    ${'its JSON'}           | ${5} | ${/^\{/}                        | ${'['}                                                                      | ${/^event 4 cannot be read: not JSON/}
    ${'the starting money'} | ${1} | ${/"startingUsd":"[^"]*"/}      | ${'"startingUsd":"100001.000000"'}                                          | ${/^event 3, trading.order-filled: .*leaves another account/}
    ${'the rules'}          | ${1} | ${/"ruleSetHash":"[^"]*"/}      | ${`"ruleSetHash":"${'0'.repeat(64)}"`}                                      | ${/^event 1, assessment.created: .*the rules/}
  `('$what of row $row that was altered is named', async ({ row, from, to, told }) => {
    const id = await traded();
    const bodies = await database.query(bodyOf, [id, row]);
    const [found] = from.exec(bodies[0]?.body ?? '') ?? [];
    expect(found).toBeDefined();
    expect(await database.write(alter, [id, row, found, to])).toBe(1);
    expect(await difference(id)).toMatch(told);
  });

  test('a row in the place of another is named', async () => {
    const id = await traded();
    await database.write(move, [id, 7, 8]);
    expect(await difference(id)).toBe('event 6 is missing');
  });

  test('an account that was altered differs in that field', async () => {
    const id = await traded();
    await database.write(enrich, [id]);
    expect(await difference(id)).toMatch(/^cashUsd is "[\d.]+", by the events "[\d.]+"$/);
  });
});

const bodyOf = sql<{ readonly body: string }>('test_body')`
  SELECT body FROM outbox WHERE key = $1::TEXT AND account_version = $2::INT4`;
