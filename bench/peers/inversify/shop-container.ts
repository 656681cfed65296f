import 'reflect-metadata';
import type { Middleware } from '@inversifyjs/http-core';
import { InversifyValidationErrorFilter } from '@inversifyjs/http-validation';
import { Container, type Newable } from 'inversify';
import { Envelope, reportsController } from './reports-controller.ts';
import { HelloController, ItemsController, OrdersController } from './shop-controllers.ts';
import { Greeting, Visit, VisitsController } from './visits-controller.ts';

/** All that the scenarios ask for; `stamp` is the platform's own middleware. */
export function shopContainer(stamp: Newable<Middleware>): Container {
  const container = new Container();
  const singletons: readonly Newable[] = [
    HelloController,
    ItemsController,
    OrdersController,
    reportsController(stamp),
    stamp,
    Envelope,
    InversifyValidationErrorFilter,
  ];
  for (const each of singletons) container.bind(each).toSelf().inSingletonScope();
  const ofRequest: readonly Newable[] = [Visit, Greeting, VisitsController];
  for (const each of ofRequest) container.bind(each).toSelf().inRequestScope();
  return container;
}
