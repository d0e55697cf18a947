import { type AccountId, idOf } from '../../../domain/kernel/ids';
import { instant } from '../../../domain/kernel/instant';
import { JudgedMark } from '../../../engines/risk/judged-mark';

const [one, two] = [idOf<AccountId>('one'), idOf<AccountId>('two')];
const nothing = () => undefined;

test('it has come so far once everybody is judged who waited, whatever has come for them since', () => {
  const mark = new JudgedMark();
  mark.begin(instant(100), [one, two]);
  mark.judged(one, () => instant(150));
  expect(mark.until).toBeUndefined();
  mark.judged(two, () => instant(100));
  expect(mark.until).toBeUndefined();
  mark.judged(two, nothing);
  expect(mark.until).toBe(100);
});

test('while somebody is awaited it takes no later time, unless nobody waits at all', () => {
  const mark = new JudgedMark();
  mark.begin(instant(100), [one]);
  mark.begin(instant(200), [one, two]);
  mark.judged(one, nothing);
  expect(mark.until).toBe(100);
  mark.begin(instant(300), [two]);
  mark.begin(instant(400), []);
  expect(mark.until).toBe(400);
});

test('before any quote it says nothing', () => {
  const mark = new JudgedMark();
  mark.begin(undefined, []);
  expect(mark.until).toBeUndefined();
});
