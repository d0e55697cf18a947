import { pointsIntoAws } from './assembly/templates';

/** Values that differ on a laptop, by variable name; everything else is as the template says. */
export type Overrides = Readonly<Record<string, string>>;

/**
 * The environment of a part: the template's, with the local values in place. A value that is neither overridden nor
 * literal would point into AWS, so it stops the start by name.
 */
export function localEnvironment(
  part: string,
  template: Readonly<Record<string, string>>,
  overrides: Overrides,
): Record<string, string> {
  const entries = Object.entries(template).map(([name, value]) => {
    const local = overrides[name];
    if (local !== undefined) return [name, local];
    if (pointsIntoAws(value)) {
      throw new Error(`${part}: ${name} refers to ${value} in AWS and has no local value`);
    }
    return [name, value];
  });
  return { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...Object.fromEntries(entries) };
}
