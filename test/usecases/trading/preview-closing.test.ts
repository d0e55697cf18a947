import { idOf, type OrderId, type UserId } from '../../../domain/kernel/ids';
import { uuidIds } from '../../../runtime/edge';
import { closePosition } from '../../../usecases/trading/close-positions';
import { previewClose, previewCloseAll } from '../../../usecases/trading/preview-closing';
import { limitAt, openTrading } from '../../fixtures/open-trading';
import { bitcoin } from '../../fixtures/stored-account';

async function opened() {
  const trading = await openTrading({ riskPerTrade: null });
  trading.quote(bitcoin.id, '59999', '60000');
  const { command, parts } = trading;
  return {
    trading,
    rest: () => trading.order('buy', '0.5', { terms: limitAt('59000') }),
    close: () => closePosition(parts)({ ...command, instrument: bitcoin.id, orderId: uuidIds.next<OrderId>() }),
    previewClose: (instrument = bitcoin.id, userId = command.userId) =>
      previewClose(parts)({ ...command, userId, instrument }),
    previewCloseAll: (userId = command.userId) => previewCloseAll(parts)({ ...command, userId }),
  };
}

type Opened = Awaited<ReturnType<typeof opened>>;

/** Goal: what a closing would do is told before it is done, by the same decision, and nothing is changed by asking. */
describe('a closing, looked at beforehand', () => {
  test('says what the closing itself then does', async () => {
    const { trading, rest, previewClose, previewCloseAll, close } = await opened();
    await trading.order('buy', '0.5');
    await rest();
    const before = await trading.snapshot();
    const [one, all] = [await previewClose(), await previewCloseAll()];
    expect(await trading.snapshot()).toEqual(before);
    if (!one.ok || !all.ok) throw new Error('both can be told');
    expect(all.value).toMatchObject({ feeUsd: one.value.feeUsd, netUsd: one.value.netUsd, left: [] });
    const closed = await close();
    const [fill] = closed.ok ? closed.value.placed.fills : [];
    expect(one.value.closings).toMatchObject([{ price: fill?.price, qty: fill?.qty, feeUsd: fill?.feeUsd }]);
    expect(one.value.balanceUsd).toBe((await trading.snapshot()).account.cashUsd);
  });

  test.each`
    story                       | look                                                              | refusal
    ${'nothing is held'}        | ${(it: Opened) => it.previewClose()}                              | ${'would_not_reduce'}
    ${'an unknown instrument'}  | ${(it: Opened) => it.previewClose(idOf('X'))}                     | ${'instrument_unknown'}
    ${'somebody else’s'}        | ${(it: Opened) => it.previewClose(bitcoin.id, idOf<UserId>('x'))} | ${'account_unknown'}
    ${'all of somebody else’s'} | ${(it: Opened) => it.previewCloseAll(idOf<UserId>('x'))}          | ${'account_unknown'}
  `('$story is refused: $refusal', async ({ look, refusal }) => {
    expect(await look(await opened())).toMatchObject({ ok: false, refusal });
  });

  test('an assessment that has ended has nothing to close', async () => {
    const { trading, previewCloseAll } = await opened();
    await trading.order('buy', '1');
    trading.quote(bitcoin.id, '1000', '1001');
    await trading.judge();
    expect(await previewCloseAll()).toMatchObject({ ok: false, refusal: 'assessment_closed' });
  });
});
