import { invariant } from '../../../../domain/kernel/invariant';

/** Values that many accounts share, each kept once and known by its number. There are few, so none is ever dropped. */
export class Pool<T> {
  private readonly values: T[] = [];
  private readonly numbers = new Map<string, number>();

  /** `textOf`: equal texts are equal values. */
  constructor(private readonly textOf: (value: T) => string) {}

  add(value: T): number {
    const text = this.textOf(value);
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    this.numbers.set(text, this.values.length);
    return this.values.push(value) - 1;
  }

  at(number: number): T {
    const value = this.values[number];
    invariant(value !== undefined, `nothing is kept as number ${number}`);
    return value;
  }
}
