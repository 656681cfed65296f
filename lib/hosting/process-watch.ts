import { watchBlockedLoop } from '../supervision/blocking/blocked-loop.ts';
import { EscapeWatch } from '../supervision/escapes/escape-watch.ts';
import type { EscapeListener } from '../supervision/escapes/escape.ts';
import type { HostLog } from './host-log.ts';
import type { HostOptions } from './options.ts';

/** What a host sees of its plugins beside its own calls: what escapes from them, and who keeps the event loop busy. */
export class ProcessWatch {
  readonly escapes: EscapeWatch;
  #endBlocked: (() => void) | undefined;

  constructor(
    private readonly options: HostOptions,
    private readonly log: HostLog,
    onEscape: EscapeListener,
  ) {
    this.escapes = new EscapeWatch(onEscape, options.attribution !== 'stack');
  }

  /** Watches from the beginning of a start until `stop()`, or until the start is refused. */
  async from(start: () => Promise<void>): Promise<void> {
    const { blockedMs = 1_000 } = this.options;
    this.escapes.start();
    this.#endBlocked = watchBlockedLoop(this.escapes, blockedMs, this.log.blocked);
    try {
      await start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#endBlocked?.();
    await this.escapes.stop();
  }
}
