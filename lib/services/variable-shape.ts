import type { Expected, ValueKind } from '../plugin/expected.ts';

/** What there are variables for, and what their texts are to become. */
export interface VariableShape {
  /** The names of all settings. */
  readonly keys: readonly string[];
  kindOf(key: string): ValueKind;
  /** What the members of a list are to become. */
  memberKindOf(key: string): ValueKind;
  /** What is inside of a setting that is an object. */
  inside(key: string): VariableShape | undefined;
}

/** Of options that a table describes. */
export class ExpectedShape implements VariableShape {
  constructor(private readonly known: Readonly<Record<string, Expected>>) {}

  get keys(): readonly string[] {
    return Object.keys(this.known).filter((key) => this.known[key]?.kind !== undefined);
  }

  kindOf(key: string): ValueKind {
    return this.known[key]?.kind ?? 'unknown';
  }

  memberKindOf(): ValueKind {
    return 'text';
  }

  inside(key: string): VariableShape | undefined {
    const inside = this.known[key]?.inside;
    return inside && new ExpectedShape(inside);
  }
}
