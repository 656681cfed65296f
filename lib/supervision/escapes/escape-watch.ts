import { forbiddenCall } from '../../errors/escape-errors.ts';
import { findCaller, findCulprit, type Culprit } from './blame.ts';
import { describeEscape, type EscapeListener, type Origin } from './escape.ts';
import { addScope, forgetScopesOf } from './known-scopes.ts';
import type { Claim, GuardedCall, Participant } from './participant.ts';
import type { PluginCode } from './plugin-code.ts';
import { PluginScope, runFor, type ScopeOwner } from './plugin-scope.ts';
import { join, leave } from './process-registry.ts';

/** One host's eye on the process: from `start()` to `stop()`, errors that escape from its plugins come to it. */
export class EscapeWatch implements ScopeOwner {
  onEscape: EscapeListener | undefined;
  followsContext = true;

  // A scope lives on in each timer that was left behind, and with it this: it must let go of its host.
  #listener: EscapeListener | undefined;

  constructor(listener: EscapeListener) {
    this.#listener = listener;
  }

  /** `followsContext`: whether an error is known by what has started it, and not by its stack alone. */
  start(followsContext = true): void {
    this.followsContext = followsContext;
    this.onEscape = this.#listener;
    // Each time: somebody may have taken away what is there for another host.
    join(participant);
    watches.add(this);
  }

  /** Once it is stopped, what its plugins have left behind takes its course. */
  async stop(): Promise<void> {
    // What a stop has set off may still be on its way: an error needs a turn of the loop to escape.
    await new Promise((resolve) => nextTurn(resolve));
    this.onEscape = undefined;
    this.#listener = undefined;
    forgetScopesOf(this);
    if (watches.delete(this) && watches.size === 0) leave(participant);
  }

  /** For code that was only looked at: as long as another host watches, what is still on its way from it comes here. */
  async rest(): Promise<void> {
    if (watches.size === 1 && watches.has(this)) return this.stop();
    watches.delete(this);
  }

  /** For code that is about to be loaded. */
  scopeFor(plugin: string, generation: number, code: PluginCode): PluginScope {
    const scope = new PluginScope(plugin, generation, this, code);
    this.list(scope);
    return scope;
  }

  readonly list = addScope;
}

// Taken once: under a test's fake timers the real one must still work.
const nextTurn = globalThis.setImmediate;

const watches = new Set<EscapeWatch>();

const participant: Participant = {
  claim: (origin, thrown) => {
    const culprit = findCulprit(thrown);
    return culprit && toClaim(culprit, origin, thrown);
  },
  guard: (call: GuardedCall) => {
    const caller = findCaller();
    if (caller) throw forbiddenCall(caller.plugin, call);
  },
};

function toClaim({ scope, foundBy, depth }: Culprit, origin: Origin, thrown: unknown): Claim {
  return {
    depth,
    take: () => {
      const { plugin, generation, hasEnded: isLate, owner } = scope;
      try {
        const escape = describeEscape(thrown, { plugin, generation, isLate, origin, foundBy });
        // What follows from it is the host's doing.
        runFor(undefined, () => owner.onEscape?.(escape));
      } catch {
        // A log that fails must not end the process that was just saved.
      }
    },
  };
}
