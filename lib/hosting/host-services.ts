import { ContainerModule } from 'inversify';
import { isServingClass } from '../plugin/serving-class.ts';
import { defaultTimeouts } from '../plugin/settings.ts';
import type { DisposalErrorListener } from '../container/disposal.ts';
import { preflight, preflightFaults, type Preflight } from '../container/preflight.ts';
import { ServiceContainer } from '../container/service-container.ts';
import { missingImport } from '../errors/container-errors.ts';
import { hostServiceFailed, startTimeout } from '../errors/lifecycle-errors.ts';
import { PluginError } from '../errors/plugin-error.ts';
import type { Provided } from '../http/plugin-routes.ts';
import type { RequestHandler } from 'express';
import { token, tokenName, type Class, type Token } from '../plugin/tokens.ts';
import { HttpRequest } from '../services/http-request.ts';
import { isBuiltIn } from '../services/built-ins.ts';
import { insideBoundary, type Boundary } from '../supervision/boundary.ts';
import { Lifecycle } from '../supervision/lifecycle.ts';
import type { HostOptions } from './options.ts';

export interface HostServiceListeners {
  readonly describeRequest: (request: object) => HttpRequest;
  readonly onDisposalError: DisposalErrorListener;
  /** Told of each that a plugin gets. */
  readonly onSupplied: (service: unknown) => void;
}

/** What the embedder binds for plugins to inject, and the middlewares and interceptors that act on all of them. */
export class HostServices {
  readonly container: ServiceContainer;
  readonly lifecycle: Lifecycle;
  readonly onSupplied: (service: unknown) => void;

  constructor(
    private readonly options: Pick<HostOptions, 'services' | 'middlewares' | 'interceptors'>,
    { describeRequest, onDisposalError, onSupplied }: HostServiceListeners,
  ) {
    this.onSupplied = onSupplied;
    this.container = new ServiceContainer('host', onDisposalError);
    this.container.supplyPerRequest(HttpRequest, describeRequest);
    this.lifecycle = new Lifecycle('host', this.container, stopMs);
  }

  /**
   * Binds everything, and constructs the middlewares and interceptors.
   *
   * @throws PluginError HOST_SERVICE_FAILED, and REQUEST_SCOPE or INNER_CYCLE where its services can't be put together.
   */
  async start(): Promise<void> {
    try {
      const classes = await this.#bind();
      preflight(this.#preflight);
      this.container.seal();
      for (const record of classes.flatMap((type) => this.container.recordsOf(type))) {
        await this.container.construct(record);
      }
      await this.lifecycle.start();
    } catch (error) {
      throw asServiceFault(error);
    }
  }

  /** Binds everything and constructs nothing; gives what would keep it from starting. Never rejects. */
  async check(): Promise<readonly PluginError[]> {
    try {
      await this.#bind();
      return [...this.#missing(), ...preflightFaults(this.#preflight)];
    } catch (error) {
      return [asServiceFault(error)];
    }
  }

  /**
   * Makes and starts what no plugin has asked for, so that the app may: `host.get` can't wait for what is asynchronous.
   * Never rejects; what failed is returned, and is nobody's need.
   */
  async startRest(asked: ReadonlySet<Token>): Promise<readonly PluginError[]> {
    const faults: PluginError[] = [];
    for (const record of this.container.records) {
      if (asked.has(record.token)) continue;
      await insideBoundary(startBoundary(record.token), async () => {
        await this.container.construct(record);
        await this.lifecycle.start();
      }).catch((fault: unknown) => faults.push(fault as PluginError));
    }
    return faults;
  }

  /** `plugboard` for built-in services, `host` for the embedder's, undefined for all else. */
  ownerOf(token: Token): string | undefined {
    if (isBuiltIn(token)) return 'plugboard';
    return this.container.has(token) ? 'host' : undefined;
  }

  /** Whether it comes anew with each HTTP request. */
  isRequestScoped(token: Token): boolean {
    return this.container.isRequestScoped(token);
  }

  get middlewares(): readonly (RequestHandler | Provided)[] {
    return (this.options.middlewares ?? []).map((use) => (isServingClass(use) ? this.#provided(use) : use));
  }

  get interceptors(): readonly Provided[] {
    return (this.options.interceptors ?? []).map((type) => this.#provided(type));
  }

  /** What its services inject and nobody binds: a start fails when it comes to construct them. */
  #missing(): readonly PluginError[] {
    const { container } = this;
    return container.records.flatMap((record) =>
      record.injections
        .filter(({ optional, multiple }) => !optional && !multiple)
        .filter((injection) => !container.answers(injection) && !container.knows(injection.token))
        .map(({ token }) => {
          const path = ['host', tokenName(record.token), tokenName(token)];
          const hint = `Bind it: createHost({ services: [[${tokenName(token)}, TheClass]] }).`;
          return missingImport('host', [{ token, path, hint }]);
        }),
    );
  }

  /** Gives the classes of middlewares and interceptors. */
  async #bind(): Promise<readonly Class[]> {
    const { services = [], middlewares = [], interceptors = [] } = this.options;
    await this.container.bind(services instanceof ContainerModule ? [services] : services);
    const classes = [...middlewares.filter(isServingClass), ...interceptors];
    for (const type of classes) this.container.bindClass(type);
    return classes;
  }

  get #preflight(): Preflight {
    return {
      plugin: 'host',
      pluginClass: noClass,
      records: this.container.records,
      needs: [],
      exports: [],
      isRequestScopedImport: (token) => this.isRequestScoped(token),
    };
  }

  #provided(type: Class): Provided {
    return { type, from: this.container };
  }
}

function asServiceFault(error: unknown): PluginError {
  return error instanceof PluginError ? error : hostServiceFailed(error);
}

// The host is no plugin: nothing stands for it among its bindings.
const noClass = token<never>('the host itself');

const { startMs, stopMs } = defaultTimeouts;

function startBoundary(token: Token): Boundary {
  const onTimeout = (): PluginError => startTimeout('host', tokenName(token), startMs);
  return { plugin: 'host', phase: 'start', limitMs: startMs, onTimeout, onThrow: hostServiceFailed };
}
