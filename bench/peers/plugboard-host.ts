import 'reflect-metadata';
import { HelloController } from '../controllers/hello.ts';
import { ItemsController } from '../controllers/items.ts';
import { OrdersController } from '../controllers/orders.ts';
import { createHost, Plugin, type Host } from '../plugboard.ts';
import type { Asked } from './peer-server.ts';

@Plugin({ name: 'shop', controllers: [HelloController, ItemsController, OrdersController] })
class ShopPlugin {}

/** A host with all defaults, and the plugins that a scenario asks for. */
export function plugboardHost(_asked: Asked): Host {
  return createHost({ plugins: [ShopPlugin] });
}
