import { parseSync } from '@swc/core';

/** A call with more than this many arguments cannot be read without its function beside it. */
const PARAMETERS_MAX = 4;

/** The few that take more, and why. */
export const ALLOWED: Readonly<Record<string, string>> = {
  'domain/assessment/judging/planned-room.ts roomsWithPlan': 'it takes what roomsOf does',
  'domain/assessment/rules/limits.ts roomsOf':
    'a value of equity, and which of its bounds it is, go with the account and its prices',
  'lib/stacks/stage-stack.ts constructor': 'what a construct takes comes after its scope and its id',
};

// biome-ignore lint/suspicious/noExplicitAny: the tree of a parser, of which three fields are read
type Tree = any;

/** The functions of a file that take too many parameters, as `file name`. */
export function crowdedIn(file: string, text: string): readonly string[] {
  const found: string[] = [];
  const look = (node: Tree, name: string): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) {
      for (const each of node) look(each, name);
      return;
    }
    const named = nameOf(node) ?? name;
    if (Array.isArray(node.params) && hasBody(node) && node.params.length > PARAMETERS_MAX) {
      found.push(`${file} ${named}`);
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'span') look(child, named);
  };
  look(parseSync(text, { syntax: 'typescript', tsx: file.endsWith('x') }).body, '?');
  return found;
}

const hasBody = ({ body }: Tree): boolean => body !== null && body !== undefined;

function nameOf({ type, identifier, id, key }: Tree): string | undefined {
  if (type === 'Constructor') return 'constructor';
  return identifier?.value ?? id?.value ?? key?.value;
}
