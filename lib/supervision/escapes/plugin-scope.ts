import { createAsyncContext } from './async-context.ts';
import type { EscapeListener } from './escape.ts';
import type { PluginCode } from './plugin-code.ts';

/** The host that a plugin belongs to. */
export interface ScopeOwner {
  /** Gone when the host is closed: then nobody answers for its plugins any more. */
  readonly onEscape: EscapeListener | undefined;
  /** Whether what its plugins start is followed. On Node 20 and 22 the first that is makes every promise slower. */
  readonly followsContext: boolean;
  /** Lets a scope be found by its files, in place of `former` where one is given. */
  list(scope: PluginScope, former?: PluginScope): void;
}

/**
 * A plugin's code while it is loaded, then each of its generations, as the process knows them: by the files of the code,
 * and by the asynchronous context of what they start. It lives on in each timer that was left behind, so it holds nothing
 * of them.
 */
export class PluginScope {
  #hasEnded = false;

  constructor(
    /** The label of its source until the manifest is read. */
    public plugin: string,
    public generation: number,
    readonly owner: ScopeOwner,
    public code: PluginCode = {},
  ) {}

  /** Calls in the plugin's context: what is started from there is the plugin's, now and later. */
  run<A extends unknown[], R>(call: (...args: A) => R, ...args: A): R {
    return runIn(this.followed, call, ...args);
  }

  /** Itself where what its plugin starts is followed. */
  get followed(): PluginScope | undefined {
    return this.owner.followsContext ? this : undefined;
  }

  /** For a generation of the code that was loaded in this scope. */
  forGeneration(number: number): PluginScope {
    const scope = new PluginScope(this.plugin, number, this.owner, this.code);
    this.owner.list(scope, this);
    // What its modules have begun belongs to the generation that runs.
    this.generation = number;
    return scope;
  }

  /** The generation was stopped; what still escapes from it is known to be of one that is over. */
  end(): void {
    this.#hasEnded = true;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  /** False as soon as its host is closed. */
  get isWatched(): boolean {
    return this.owner.onEscape !== undefined;
  }
}

/** In whose context we are, if in anyone's whose host still runs. */
export function currentScope(): PluginScope | undefined {
  const scope = context.get();
  return scope?.isWatched === true ? scope : undefined;
}

/** {@link PluginScope.run} for who asks with each request: without a look at the scope, which is one more to fetch. */
export function runIn<A extends unknown[], R>(
  followed: PluginScope | undefined,
  call: (...args: A) => R,
  ...args: A
): R {
  return followed === undefined ? call(...args) : context.run(followed, call, ...args);
}

/** Calls what is not of the plugin in whose context we are: in that of `owner`, or in none where it is the host's. */
export function runFor<A extends unknown[], R>(
  owner: PluginScope | undefined,
  call: (...args: A) => R,
  ...args: A
): R {
  // Outside of all contexts there is nothing to leave: requests need not pay for any.
  if (context.get() === undefined) return call(...args);
  return context.run(owner, call, ...args);
}

const context = createAsyncContext<PluginScope>();
