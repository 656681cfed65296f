import 'reflect-metadata';
import { HelloController } from '../controllers/hello.ts';
import { ItemsController } from '../controllers/items.ts';
import { OrdersController } from '../controllers/orders.ts';
import { Envelope, ReportsController, Stamp } from '../controllers/reports.ts';
import { Greeting, Visit, VisitsController } from '../controllers/visits.ts';
import { createHost, Plugin, type Host, type HostOptions } from '../plugboard.ts';
import { pluginCount } from '../scenarios/many-plugins.ts';
import type { Asked } from './peer-server.ts';
import { itemsPlugin } from './plugboard-many.ts';

@Plugin({ name: 'shop', controllers: [HelloController, ItemsController, OrdersController] })
class ShopPlugin {}

@Plugin({ name: 'reports', controllers: [ReportsController], services: [Stamp, Envelope] })
class ReportsPlugin {}

@Plugin({ name: 'visits', controllers: [VisitsController], services: [Visit, Greeting] })
class VisitsPlugin {}

/** A host with the plugins that a scenario asks for, and with all defaults but what is `given`. */
export function plugboardHost(asked: Asked, given: Partial<HostOptions> = {}): Host {
  const plugins =
    asked.scenario === 'd'
      ? Array.from({ length: pluginCount(asked) }, (_, index) => itemsPlugin(index))
      : [ShopPlugin, ReportsPlugin, VisitsPlugin];
  return createHost({ ...given, plugins: [...plugins, ...(given.plugins ?? [])] });
}
