/** What the host was doing with a plugin when it failed, in the order in which it happens; `run`: nothing, it ran by itself. */
export type Phase =
  | 'discover'
  | 'load'
  | 'manifest'
  | 'plan'
  | 'configure'
  | 'construct'
  | 'start'
  | 'mount'
  | 'request'
  | 'run'
  | 'stop';

export interface PluginErrorDetails {
  /** UPPER_SNAKE; a heading in docs/errors.md. */
  readonly code: string;
  /** What happened, in one sentence. */
  readonly message: string;
  /** What to write or do instead. */
  readonly fix: string;
  /** The plugin's name, or its folder's where the name is not known yet. */
  readonly plugin: string;
  readonly phase: Phase;
  /** How the fault is reached, outermost first: `['billing', 'InvoiceStore', 'Clock']`. */
  readonly path?: readonly string[] | undefined;
  /** What was thrown, as it was thrown. */
  readonly cause?: unknown;
}

/** A fault of one plugin: what happened, to whom, when, and what to do about it. */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly code: string;
  readonly plugin: string;
  readonly phase: Phase;
  readonly path: readonly string[] | undefined;
  readonly fix: string;

  constructor(details: PluginErrorDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = details.code;
    this.plugin = details.plugin;
    this.phase = details.phase;
    this.path = details.path;
    this.fix = details.fix;
  }
}
