import { Get, JsonController } from 'routing-controllers';
import { Plugin, type Class, type PluginOptions } from 'plugboard';
import { deferred } from '../support/deferred.ts';

export interface Held {
  readonly type: Class;
  /** Resolves when a request is being answered. */
  readonly entered: Promise<void>;
  /** Lets requests be answered. */
  leave(): void;
}

/** A plugin whose requests to `/holding` take until they are let go, and which notes in `order` when it starts and stops. */
export function holding(label: string, order: string[] = [], reload?: PluginOptions['reload']): Held {
  const entered = deferred();
  const left = deferred();
  @Plugin({ name: 'holding', reload })
  @JsonController('/holding')
  class Holding {
    @Get() async answer(): Promise<string> {
      entered.resolve();
      await left.promise;
      return label;
    }
    onStart(): void {
      order.push(`${label} starts`);
    }
    onStop(): void {
      order.push(`${label} stops`);
    }
  }
  return { type: Holding, entered: entered.promise, leave: left.resolve };
}
