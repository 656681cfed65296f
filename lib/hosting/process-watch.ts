import { watchBlockedLoop } from '../supervision/blocking/blocked-loop.ts';
import { EscapeWatch } from '../supervision/escapes/escape-watch.ts';
import type { EscapeListener } from '../supervision/escapes/escape.ts';
import type { HostLog } from './host-log.ts';
import { LeftResources } from './left-resources.ts';
import type { HostOptions } from './options.ts';

/** What a host sees of its plugins beside its own calls: what escapes from them, what they leave behind, and who keeps the event loop busy. */
export class ProcessWatch {
  readonly escapes: EscapeWatch;
  readonly leftResources: LeftResources;
  #endBlocked: (() => void) | undefined;

  constructor(
    private readonly options: HostOptions,
    private readonly log: HostLog,
    onEscape: EscapeListener,
  ) {
    this.escapes = new EscapeWatch(onEscape);
    this.leftResources = new LeftResources(this.escapes, log);
  }

  /** Watches from the beginning of a start until `stop()`, or until the start is refused. */
  async from(start: () => Promise<void>): Promise<void> {
    const { attribution, leaks, blockedMs = 1_000 } = this.options;
    this.escapes.start(attribution !== 'stack');
    this.leftResources.start(leaks);
    this.#endBlocked = watchBlockedLoop(this.escapes, blockedMs, this.log.blocked);
    try {
      await start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    this.#endOthers();
    await this.escapes.stop();
  }

  /** Of plugins that were only looked at: nothing that still escapes from them may end a process in which others run. */
  async rest(): Promise<void> {
    this.#endOthers();
    await this.escapes.rest();
  }

  #endOthers(): void {
    this.#endBlocked?.();
    this.leftResources.stop();
  }
}
