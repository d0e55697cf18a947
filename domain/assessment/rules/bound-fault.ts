import type { Fault } from '../../kernel/result';
import type { Field } from './field';

/** The first value that does not keep a bound of its field, named by its path: `rules.target.profitUsd`. */
export function boundFault(field: Field, value: unknown, path: string): Fault | undefined {
  const broken = field.bounds?.find(({ holds }) => !holds(value as never));
  if (broken) return { field: path, rule: broken.rule };
  for (const [at, part, of] of partsOf(field, value)) {
    const fault = boundFault(part, of, `${path}${at}`);
    if (fault) return fault;
  }
  return undefined;
}

type Part = readonly [at: string, field: Field, value: unknown];
type Named = { readonly [name: string]: unknown };

function partsOf(field: Field, value: unknown): readonly Part[] {
  switch (field.kind) {
    case 'nullable':
      return value === null ? [] : [['', field.of, value]];
    case 'list':
      return (value as readonly unknown[]).map((each, at): Part => [`[${at}]`, field.of, each]);
    case 'group':
      return Object.entries(field.fields).map(([name, each]): Part => [`.${name}`, each, (value as Named)[name]]);
    case 'one_of': {
      const group = field.groups[(value as { readonly kind: string }).kind];
      return group ? [['', group, value]] : [];
    }
    default:
      return [];
  }
}
