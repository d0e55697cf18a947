import type { Json } from '../stacks/templates';

/** What AWS would answer, of a form that Kubernetes and the charts accept. */
const ATTRIBUTES: readonly (readonly [RegExp, string])[] = [
  [/CidrBlock$/, '10.40.0.0/16'],
  [/SecurityGroupId$|GroupId$/, 'sg-0123456789abcdef0'],
  [/SubnetId$/, 'subnet-0123456789abcdef0'],
  [/TargetGroupArn$/, 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/ingress/0123456789abcdef'],
  [/Arn$/, 'arn:aws:iam::123456789012:role/plausible'],
];

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Partition': 'aws',
  'AWS::Region': 'us-east-1',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'proving-ground',
};

/** The text that a deploy would hand over, with something plausible in place of what only AWS knows. */
export function plausible(value: Json, imported: (name: string) => Json | undefined): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const text = (one: Json) => plausible(one, imported);
  const [key, argument] = Object.entries(value)[0] as [string, Json];
  switch (key) {
    case 'Ref':
      return PSEUDO[String(argument)] ?? referenced(String(argument));
    case 'Fn::GetAtt':
      return attribute((argument as string[]).join('.'));
    case 'Fn::ImportValue':
      return text(known(imported(String(argument)), String(argument)));
    case 'Fn::Join': {
      const [separator, parts] = argument as [string, Json[]];
      return parts.map(text).join(separator);
    }
    case 'Fn::Sub':
      return String(argument).replace(/\$\{([^}]+)\}/g, (_, name: string) => PSEUDO[name] ?? referenced(name));
    case 'Fn::Select': {
      const [at, list] = argument as [number, Json];
      return Array.isArray(list) ? text(list[at] as Json) : `${text(list)}-${at}`;
    }
    default:
      return `a-${key.replace(/[^A-Za-z]/g, '').toLowerCase()}`;
  }
}

const attribute = (name: string): string =>
  ATTRIBUTES.find(([form]) => form.test(name))?.[1] ?? `plausible-${name.replace(/\W/g, '-').toLowerCase()}`;

/** `Ref` answers an id; of a few types it is the ARN, which their logical ids do not tell. */
const referenced = (name: string): string =>
  /Secret|Targets/.test(name)
    ? attribute(/Targets/.test(name) ? 'TargetGroupArn' : 'Arn')
    : `plausible-${name.toLowerCase()}`;

function known(value: Json | undefined, name: string): Json {
  if (value === undefined) throw new Error(`nothing exports ${name}`);
  return value;
}
