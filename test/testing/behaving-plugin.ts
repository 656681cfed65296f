import { Get, JsonController } from 'routing-controllers';
import { Plugin, type Class } from 'plugboard';
import { testPlugin, type TestBed } from 'plugboard/testing';

/** What a plugin does at each step of its life. */
export interface Behaviour {
  construct?(): void;
  onStart?(): unknown;
  request?(): unknown;
  onStop?(): unknown;
}

export interface Behaving {
  run(): unknown;
}

export function pluginThat({ construct, onStart, request, onStop }: Behaviour): Class<Behaving> {
  @Plugin({ name: 'behaving' })
  @JsonController()
  class BehavingPlugin {
    constructor() {
      construct?.();
    }

    async onStart(): Promise<void> {
      await onStart?.();
    }

    @Get('/run')
    run(): unknown {
      return request?.() ?? {};
    }

    async onStop(): Promise<void> {
      await onStop?.();
    }
  }
  return BehavingPlugin;
}

export async function bedOf(behaviour: Behaviour): Promise<TestBed<Behaving>> {
  return testPlugin(pluginThat(behaviour)).start();
}
