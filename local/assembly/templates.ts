import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type Resource = {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
};

type Template = {
  readonly Resources?: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: object; readonly Metadata?: object }>
  >;
  readonly Outputs?: Readonly<
    Record<string, { readonly Value: unknown; readonly Export?: { readonly Name: unknown } }>
  >;
};

/**
 * The synthesized templates with their references resolved. A reference to a resource becomes its address
 * `aws:<stack>/<logical id>`, whichever attribute was asked for, also across stacks: enough to see what belongs to
 * what.
 */
export class Templates {
  readonly resources: readonly Resource[];
  private readonly exported = new Map<string, { readonly stack: string; readonly value: unknown }>();

  constructor(assemblyDir: string) {
    const templates = readdirSync(assemblyDir)
      .filter((file) => file.endsWith('.template.json'))
      .map((file) => ({
        stack: file.replace('.template.json', ''),
        template: JSON.parse(readFileSync(join(assemblyDir, file), 'utf8')) as Template,
      }));
    for (const { stack, template } of templates) {
      for (const output of Object.values(template.Outputs ?? {})) {
        if (output.Export) this.exported.set(String(output.Export.Name), { stack, value: output.Value });
      }
    }
    this.resources = templates.flatMap(({ stack, template }) =>
      Object.entries(template.Resources ?? {}).map(([id, resource]) => ({
        stack,
        id,
        type: resource.Type,
        properties: this.resolve(stack, resource.Properties ?? {}) as Record<string, unknown>,
        metadata: (resource.Metadata ?? {}) as Record<string, unknown>,
      })),
    );
  }

  ofType = (type: string): readonly Resource[] => this.resources.filter((resource) => resource.type === type);

  at = (address: string): Resource | undefined => this.resources.find((resource) => addressOf(resource) === address);

  private resolve(stack: string, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(stack, item));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (only && entries.length === 1) {
      const [key, argument] = only;
      const found = this.intrinsic(stack, key, argument);
      if (found !== undefined) return found;
    }
    return Object.fromEntries(entries.map(([key, item]) => [key, this.resolve(stack, item)]));
  }

  private intrinsic(stack: string, key: string, argument: unknown): unknown {
    switch (key) {
      case 'Ref':
        return String(argument).startsWith('AWS::') ? String(argument) : address(stack, String(argument));
      case 'Fn::GetAtt':
        return address(stack, (argument as readonly string[])[0] ?? '');
      case 'Fn::Sub':
        return String(Array.isArray(argument) ? argument[0] : argument);
      case 'Fn::Join': {
        const [separator, parts] = argument as [string, readonly unknown[]];
        return parts.map((part) => String(this.resolve(stack, part))).join(separator);
      }
      case 'Fn::ImportValue': {
        const name = String(this.resolve(stack, argument));
        const found = this.exported.get(name);
        if (!found) throw new Error(`the assembly imports ${name}, which no stack exports`);
        return this.resolve(found.stack, found.value);
      }
      default:
        return undefined;
    }
  }
}

const address = (stack: string, id: string): string => `aws:${stack}/${id}`;

export const addressOf = (resource: Resource): string => address(resource.stack, resource.id);

/** Whether a value points into AWS, so that it means nothing elsewhere. */
export const pointsIntoAws = (value: string): boolean => /^arn:|aws:[\w-]+\/|AWS::/.test(value);
