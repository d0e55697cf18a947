import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
// Templates are as wide as AWS: their tests name the paths that they read.
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type Properties = any;
export type Resource = {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Properties;
  readonly metadata: Properties;
  readonly deletionPolicy: string | undefined;
};
type Template = {
  readonly Resources: Record<
    string,
    { Type: string; Properties?: Properties; Metadata?: Properties; DeletionPolicy?: string }
  >;
  readonly Outputs?: Record<string, { Value: Json; Export?: { Name: string } }>;
};

/** The templates of one assembly, with cross-stack imports followed to what they import. */
export class Templates {
  readonly resources: readonly Resource[];
  private readonly exports = new Map<string, Json>();

  constructor(directory: string) {
    const files = readdirSync(directory).filter((name) => name.endsWith('.template.json'));
    this.resources = files.flatMap((file) => {
      const template = JSON.parse(readFileSync(join(directory, file), 'utf8')) as Template;
      for (const { Value, Export } of Object.values(template.Outputs ?? {}))
        if (Export) this.exports.set(Export.Name, Value);
      return Object.entries(template.Resources).map(([id, { Type, Properties, Metadata, DeletionPolicy }]) => ({
        stack: file.replace('.template.json', ''),
        id,
        type: Type,
        properties: Properties ?? {},
        metadata: Metadata ?? {},
        deletionPolicy: DeletionPolicy,
      }));
    });
  }

  all(type: string): readonly Resource[] {
    return this.resources.filter((resource) => resource.type === type);
  }

  one(type: string): Resource {
    const found = this.all(type);
    if (found.length !== 1) throw new Error(`${found.length} resources of type ${type}`);
    return found[0] as Resource;
  }

  /** What another stack exports under this name. */
  readonly imported = (name: string): Json | undefined => this.exports.get(name);

  /** A value as text, each reference as `<logical id>` or `<logical id.attribute>`, imports followed. */
  text(value: Json): string {
    if (typeof value !== 'object' || value === null) return String(value);
    if (Array.isArray(value)) return value.map((item) => this.text(item)).join(',');
    const [key, argument] = Object.entries(value)[0] as [string, Json];
    if (key === 'Ref') return `<${argument}>`;
    if (key === 'Fn::GetAtt') return `<${(argument as string[]).join('.')}>`;
    if (key === 'Fn::ImportValue') return this.text(this.exports.get(argument as string) ?? `<missing ${argument}>`);
    if (key === 'Fn::Join') {
      const [separator, parts] = argument as [string, Json[]];
      return parts.map((part) => this.text(part)).join(separator);
    }
    if (key === 'Fn::Sub' && typeof argument === 'string') return argument;
    return `<${key} ${this.text(argument)}>`;
  }

  /** The Kubernetes objects that the stacks apply, alone and as releases of our own chart. */
  manifests(): readonly Properties[] {
    const released = this.all('Custom::AWSCDK-EKS-HelmChart').filter(({ properties }) => properties.ChartAssetURL);
    return [
      ...this.all('Custom::AWSCDK-EKS-KubernetesResource').flatMap(({ properties }) =>
        JSON.parse(this.text(properties.Manifest)),
      ),
      ...released.flatMap(({ properties }) => JSON.parse(this.text(properties.Values)).objects),
    ];
  }
}

let cached: Templates | undefined;

export function templates(): Templates {
  const directory = process.env.PROVING_GROUND_TEST_ASSEMBLY;
  if (!directory) throw new Error('the stacks project runs through its global setup');
  cached ??= new Templates(directory);
  return cached;
}

/** Our functions, by name; the CDK's own helpers carry no handler of ours. */
export const ourFunctions = (): readonly (Resource & { readonly name: string })[] =>
  templates()
    .all('AWS::Lambda::Function')
    .filter(({ metadata }) => metadata.ProvingGroundHandler)
    .map((resource) => ({ ...resource, name: resource.metadata.ProvingGroundHandler.split('/')[1] as string }));
