import { qtyFault, stepQty } from '../../web/lib/ticket';

const btc = { qtyStep: '0.00000001', qtyMin: '0.0001' };
const outcome = { qtyStep: '1', qtyMin: '5' };

/** Goal: a quantity the platform would refuse is named at the field before it is sent. */
test.each`
  story                | text         | market     | fault
  ${'fits'}            | ${'0.5'}     | ${btc}     | ${undefined}
  ${'the least'}       | ${'5'}       | ${outcome} | ${undefined}
  ${'nothing typed'}   | ${' '}       | ${btc}     | ${'Enter a quantity'}
  ${'not a number'}    | ${'half'}    | ${btc}     | ${'Use digits and a point, at most 8 decimals'}
  ${'zero'}            | ${'0'}       | ${btc}     | ${'Must be greater than zero'}
  ${'negative'}        | ${'-1'}      | ${btc}     | ${'Must be greater than zero'}
  ${'below the least'} | ${'0.00001'} | ${btc}     | ${'Must be at least 0.0001'}
  ${'between steps'}   | ${'5.5'}     | ${outcome} | ${'Must be a multiple of 1'}
`('$story', ({ text, market, fault }: { text: string; market: typeof btc; fault: string | undefined }) => {
  expect(qtyFault(text, market)).toBe(fault);
});

test.each`
  story                                      | text     | market     | steps | next
  ${'an empty field starts at the least'}    | ${''}    | ${outcome} | ${1}  | ${'5'}
  ${'one lot up'}                            | ${'20'}  | ${outcome} | ${1}  | ${'21'}
  ${'never below the least'}                 | ${'5'}   | ${outcome} | ${-1} | ${'5'}
  ${'a tiny lot moves a digit that matters'} | ${'0.5'} | ${btc}     | ${1}  | ${'0.51'}
  ${'larger amounts move by more'}           | ${'250'} | ${outcome} | ${-1} | ${'240'}
`('$story', ({ text, market, steps, next }: { text: string; market: typeof btc; steps: 1 | -1; next: string }) => {
  expect(stepQty(text, market, steps)).toBe(next);
});
