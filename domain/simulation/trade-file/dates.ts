import { type Instant, instant, isoText } from '../../kernel/instant';

const DATE_RULE = 'must be a date and time such as 2026-03-14 12:00:00';
const TOO_EARLY_RULE = 'must not be before 1970';

const SHAPE = /^(\d{4})([-./])(\d\d)\2(\d\d)(?:[T ](\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?)?(Z|[+-]\d\d:\d\d)?$/;

/** An instant, in UTC where no offset is given; otherwise the rule that the text breaks. */
export function instantIn(text: string): Instant | string {
  const parts = SHAPE.exec(text);
  if (!parts) return DATE_RULE;
  const [, year = '', , month, day, time = '00:00', second = '00', fraction = '0', zone = 'Z'] = parts;
  if (year < '1970') return TOO_EARLY_RULE;
  const [date, clock] = [`${year}-${month}-${day}`, `${time}:${second}.${fraction.padEnd(3, '0')}`];
  // A day that its month does not have is read as one of the next.
  const inUtc = Date.parse(`${date}T${clock}Z`);
  if (!(inUtc >= 0) || isoText(instant(inUtc)).slice(0, date.length) !== date) return DATE_RULE;
  const at = Date.parse(`${date}T${clock}${zone}`);
  if (!(at < YEAR_9999)) return DATE_RULE;
  return at < 0 ? TOO_EARLY_RULE : instant(at);
}

const YEAR_9999 = Date.UTC(9999, 0, 1);
