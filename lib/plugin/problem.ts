/** Something that `host.check()` has found. Plain values only. */
export interface Problem {
  /** A heading in docs/errors.md. */
  readonly code: string;
  /** Whose it is; undefined where it is the app's: its services, its settings, its Node. */
  readonly plugin?: string | undefined;
  readonly message: string;
  /** What to write or do. */
  readonly fix: string;
  /** How the fault is reached, outermost first: `['billing', 'InvoiceStore', 'Clock']`. */
  readonly path?: readonly string[] | undefined;
  /** Absolute path of the file to look at, as far as that is known. */
  readonly file?: string | undefined;
  /** The line in `file`, from 1. */
  readonly line?: number | undefined;
  /** `error`: what a start would refuse, or what can't work. `warning`: it runs, and is likely not what is meant. */
  readonly severity: 'error' | 'warning';
}
