import { textWidth, wrapped } from '../../../adapters/report/pdf/canvas';
import { encoded } from '../../../adapters/report/pdf/windows-1252';

const latin = new TextDecoder('windows-1252');
const shown = (text: string) => latin.decode(Uint8Array.from(encoded(text)));

test.each`
  text                    | drawn
  ${'−$12.50'}            | ${'–$12.50'}
  ${'Zürich, São, Łódź'}  | ${'Zürich, São, ?ódz'}
  ${'e\u0301tude'}        | ${'étude'}
  ${'“quoted” – €5…'}     | ${'“quoted” – €5…'}
  ${'a ≤ b → c'}          | ${'a <= b -> c'}
  ${'Ș and ǎ'}            | ${'S and a'}
  ${'日本'}               | ${'??'}
  ${'tab\tline\nend'}     | ${'tab line end'}
  ${'\u0000\u007f\u0081'} | ${'???'}
`('$text is drawn as $drawn', ({ text, drawn }: { text: string; drawn: string }) => {
  expect(shown(text)).toBe(drawn);
});

test('every code of the page that stands for a character is drawn as that character, with a width', () => {
  const taken = Array.from({ length: 224 }, (_, n) => n + 32).filter(
    (code) => ![127, 129, 141, 143, 144, 157].includes(code),
  );
  const text = latin.decode(Uint8Array.from(taken));
  expect(encoded(text)).toEqual(taken);
  for (const character of text) expect(textWidth(character, 10)).toBeGreaterThan(0);
});

test('a digit, a minus sign and a plus sign are as wide as in the published metrics', () => {
  expect([textWidth('0', 1000), textWidth('−', 1000), textWidth('+', 1000)]).toEqual([556, 556, 584]);
  expect([textWidth('W', 1000), textWidth('W', 1000, 'bold'), textWidth('i', 1000)]).toEqual([944, 944, 222]);
});

test('lines are as long as they may be, and lose no letter', () => {
  const text = 'Equity of $94,999.99 against the balance at the start of the day is a loss that breaks the rule';
  const lines = wrapped(text, 120, 9);
  expect(lines.join(' ')).toBe(text);
  expect(lines.every((line) => textWidth(line, 9) <= 120)).toBe(true);
  const next = lines.slice(1).map((line, n) => `${lines[n]} ${line.split(' ')[0]}`);
  expect(next.every((longer) => textWidth(longer, 9) > 120)).toBe(true);
});

test('a word that fits no line is broken', () => {
  const hash = '8f14e45fceea167a5a36dedd4bea2543'.repeat(4);
  const lines = wrapped(`hash ${hash}`, 100, 9);
  expect(lines.join('').replace(' ', '')).toBe(`hash${hash}`);
  expect(lines.every((line) => textWidth(line, 9) <= 100)).toBe(true);
});
