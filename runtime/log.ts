export type LogFields = Readonly<Record<string, unknown>>;
/** What happened, in words that never change, and beside it what is particular to this time. */
type Write = { (fields: object, message: string): void; (message: string): void };
export type Logger = Readonly<Record<Level, Write>> & { readonly child: (fields: LogFields) => Logger };

/** Their numbers, which filters and alarms compare with, are those of the logger that most of Node writes with. */
const LEVELS = { debug: 20, info: 30, warn: 40, error: 50 } as const;
type Level = keyof typeof LEVELS;

/** Carriers of secrets, wherever they stand in a line. */
const SECRET = /^(password|token|authorization|cookie)$/i;
const CAUSES_MAX = 5;

/**
 * JSON lines on standard output. Secrets never reach a log: known carriers are redacted wherever they stand. A value
 * that cannot be written as JSON is told as such; writing a line never fails.
 */
export const makeLogger = (): Logger =>
  loggerOf(
    { service: process.env.SERVICE_NAME ?? 'unnamed', stage: process.env.STAGE ?? 'unnamed' },
    thresholdOf(process.env.LOG_LEVEL ?? 'info'),
  );

/** `silent`, and what is no level, lets nothing through. */
const thresholdOf = (level: string): number => LEVELS[level as Level] ?? Number.POSITIVE_INFINITY;

function loggerOf(base: LogFields, threshold: number): Logger {
  const writer = (level: Level): Write => {
    const number = LEVELS[level];
    if (number < threshold) return () => undefined;
    return (...said: readonly [object, string] | readonly [string]) => {
      const [fields, msg] = said.length === 1 ? [{}, said[0]] : said;
      const line = { level: number, time: new Date().toISOString(), ...base, ...fields, msg };
      process.stdout.write(`${textOf(line)}\n`);
    };
  };
  return {
    ...{ debug: writer('debug'), info: writer('info'), warn: writer('warn'), error: writer('error') },
    child: (fields) => loggerOf({ ...base, ...fields }, threshold),
  };
}

function textOf(line: object): string {
  try {
    return JSON.stringify(line, written);
  } catch {
    return JSON.stringify({ ...line, ...Object.fromEntries(Object.keys(line).map(unwritable(line))) });
  }
}

/** A circle, or a `toJSON` that throws, costs its own field and no other. */
const unwritable =
  (line: object) =>
  (name: string): readonly [string, unknown] => {
    const value: unknown = line[name as keyof typeof line];
    try {
      return [name, JSON.parse(JSON.stringify(value, written) ?? 'null')];
    } catch {
      return [name, '[cannot be written]'];
    }
  };

function written(name: string, value: unknown): unknown {
  if (SECRET.test(name)) return '[Redacted]';
  if (typeof value === 'bigint') return `${value}`;
  return value instanceof Error ? errorOf(value, CAUSES_MAX) : value;
}

/** The stack begins with name and message; fields that adapters and drivers add (`code`, `type`) come along. */
function errorOf(error: Error, causesLeft: number): LogFields {
  const { name, message, stack, cause } = error;
  return {
    ...{ type: name, message, stack },
    ...Object.fromEntries(Object.entries(error)),
    ...(cause !== undefined &&
      causesLeft > 0 && { cause: cause instanceof Error ? errorOf(cause, causesLeft - 1) : cause }),
  };
}
