/** `2026-11-23T10:00:` of a text that was read. */
let minute = '';
let minuteMs = 0;

const STAMP = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const MINUTE_LENGTH = 17;
const [ZERO, FIVE, NINE, POINT, Z] = [48, 53, 57, 46, 90] as const;

/** A venue's RFC 3339 timestamp in milliseconds. Stamps follow each other: most are of the minute of the last one. */
export function epochMsOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const ms = text.startsWith(minute) ? msWithin(text) : undefined;
  return ms === undefined || minute === '' ? slowlyRead(text) : minuteMs + ms;
}

/** A stamp in microseconds, as far as it has them. */
export function microsOf(text: string | undefined): number | undefined {
  const ms = epochMsOf(text);
  if (ms === undefined || text === undefined) return undefined;
  const from = text.indexOf('.') + 4;
  const end = text.length - 1;
  let micros = 0;
  for (let at = from, part = 100; from > 3 && at < end && part >= 1; at++, part /= 10) {
    const digit = text.charCodeAt(at) - ZERO;
    if (digit < 0 || digit > 9) break;
    micros += digit * part;
  }
  return ms * 1_000 + Math.floor(micros);
}

function slowlyRead(text: string): number | undefined {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  if (STAMP.test(text)) {
    minute = text.slice(0, MINUTE_LENGTH);
    minuteMs = Math.floor(at / 60_000) * 60_000;
  }
  return at;
}

/** Seconds and their fraction, cut to milliseconds; undefined where they are not written plainly. */
function msWithin(text: string): number | undefined {
  const [tens, ones] = [text.charCodeAt(MINUTE_LENGTH), text.charCodeAt(MINUTE_LENGTH + 1)];
  if (!(tens >= ZERO && tens <= FIVE && ones >= ZERO && ones <= NINE)) return undefined;
  const end = text.length - 1;
  let ms = ((tens - ZERO) * 10 + ones - ZERO) * 1_000;
  if (text.charCodeAt(end) !== Z) return undefined;
  if (end === MINUTE_LENGTH + 2) return ms;
  if (text.charCodeAt(MINUTE_LENGTH + 2) !== POINT || end === MINUTE_LENGTH + 3) return undefined;
  for (let [at, part] = [MINUTE_LENGTH + 3, 100]; at < end; at++, part = Math.floor(part / 10)) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) return undefined;
    ms += (code - ZERO) * part;
  }
  return ms;
}
