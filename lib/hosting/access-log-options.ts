import type { LineLevel } from '../plugin/log-level.ts';

/** Which requests get a line in the log, and of which level. */
export interface AccessLogOptions {
  /** Default `info`. */
  readonly level?: LineLevel | undefined;
  /** Names of plugins whose requests get none: those that are asked every few seconds. Default none. */
  readonly ignore?: readonly string[] | undefined;
}
