import type { PluginFailure, PluginFault } from 'plugboard';
import { shortened } from './text.ts';

/** Something that went wrong with a plugin, as often as it did. */
export interface Fault {
  readonly code: string | undefined;
  readonly phase: string;
  readonly message: string;
  readonly fix: string;
  readonly stack: string | undefined;
  /** When it was last; undefined where that was before anybody looked. */
  readonly at: Date | undefined;
  readonly times: number;
}

/** The last faults of each plugin, the newest first. Texts only: an error would hold its plugin's whole generation. */
export class FaultBook {
  readonly #byPlugin = new Map<string, readonly Fault[]>();

  of(plugin: string): readonly Fault[] {
    return this.#byPlugin.get(plugin) ?? [];
  }

  addFailure({ plugin, error }: Pick<PluginFault, 'plugin' | 'error'>): void {
    const { cause } = error;
    const stack = cause instanceof Error ? cause.stack : undefined;
    this.#add(plugin, { ...textsOf(error), stack: stack && shortened(stack, keptStack), at: new Date() });
  }

  addEarlier(plugin: string, failure: PluginFailure): void {
    const stack = failure.cause?.stack;
    this.#add(plugin, { ...textsOf(failure), stack: stack && shortened(stack, keptStack), at: undefined });
  }

  addRequest(
    plugin: string,
    action: string,
    error: { name?: string; message?: string; stack?: string },
  ): void {
    this.#add(plugin, {
      code: undefined,
      phase: 'request',
      message: shortened(`${action} failed: ${error.name ?? 'Error'}: ${error.message ?? ''}`, keptText),
      fix: "Go to the first line below that is in a file of the plugin. What a client did wrong is a HttpError: throw new BadRequestError('…'), say.",
      stack: error.stack && shortened(error.stack, keptStack),
      at: new Date(),
    });
  }

  #add(plugin: string, fault: Omit<Fault, 'times'>): void {
    const before = this.of(plugin);
    const same = before.find(({ code, message }) => code === fault.code && message === fault.message);
    const others = before.filter((one) => one !== same);
    this.#byPlugin.set(plugin, [{ ...fault, times: (same?.times ?? 0) + 1 }, ...others].slice(0, keptFaults));
  }
}

const keptFaults = 20;
const keptText = 4_000;
const keptStack = 4_000;

function textsOf({ code, phase, message, fix }: PluginFailure | PluginFault['error']) {
  return { code, phase, message: shortened(message, keptText), fix: shortened(fix, keptText) };
}
