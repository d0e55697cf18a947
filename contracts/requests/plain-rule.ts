import type * as z from 'zod';

/**
 * The rule that an input breaks, in words for people; undefined where a schema's own words, or zod's, are all there is.
 * Given to each `safeParse` of what came from outside: a schema's own message still goes first.
 */
export const plainRule: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'must be given' : `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return smallRule(issue.origin, issue.minimum, issue.inclusive ?? true);
    case 'too_big':
      return bigRule(issue.origin, issue.maximum, issue.inclusive ?? true);
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'does not have the form that it must have';
    case 'invalid_value':
      return issue.input === undefined ? 'must be given' : `must be ${oneOf(issue.values)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return issue.input === undefined ? 'must be given' : 'has none of the forms that it may have';
    default:
      return undefined;
  }
};

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'must be a UUID',
  email: 'must be an e-mail address',
  url: 'must be a web address',
};

type Bound = number | bigint;

function smallRule(origin: string, minimum: Bound, isInclusive: boolean): string {
  if (origin === 'string') return minimum === 1 ? 'must not be empty' : `must have at least ${minimum} characters`;
  if (origin === 'array' || origin === 'set') {
    return minimum === 1 ? 'must have an entry' : `must have at least ${minimum} entries`;
  }
  return isInclusive ? `must be at least ${minimum}` : `must be greater than ${minimum}`;
}

function bigRule(origin: string, maximum: Bound, isInclusive: boolean): string {
  if (origin === 'string') return `must have at most ${maximum} characters`;
  if (origin === 'array' || origin === 'set')
    return `must have at most ${maximum} ${maximum === 1 ? 'entry' : 'entries'}`;
  return isInclusive ? `must be at most ${maximum}` : `must be less than ${maximum}`;
}

const oneOf = (values: readonly unknown[]): string =>
  values.length === 1 ? String(values[0]) : `one of ${values.map(String).join(', ')}`;
