import 'reflect-metadata';
import express from 'express';
import { Container, type Newable } from 'inversify';
import { createServer } from 'node:http';
import { useContainer, useExpressServer, type Action, type IocAdapter } from 'routing-controllers';
import { HelloController } from '../controllers/hello.ts';
import { ItemsController } from '../controllers/items.ts';
import { OrdersController } from '../controllers/orders.ts';
import { Envelope, ReportsController, Stamp } from '../controllers/reports.ts';
import { Greeting, Visit, VisitsController } from '../controllers/visits.ts';
import { listenOn, type Serve } from './peer-server.ts';

const container = new Container({ defaultScope: 'Singleton' });
const singletons: readonly Newable[] = [
  HelloController,
  ItemsController,
  OrdersController,
  ReportsController,
  Stamp,
  Envelope,
];
for (const each of singletons) container.bind(each).toSelf();
const ofRequest: readonly Newable[] = [Visit, Greeting, VisitsController];

export const serve: Serve = async ({ scenario }) => {
  const perRequest = scenario === 'f';
  useContainer(perRequest ? requestContainers() : { get: (asked) => container.get(asked) });
  const controllers = perRequest
    ? [VisitsController]
    : [HelloController, ItemsController, OrdersController, ReportsController];
  return listenOn(createServer(useExpressServer(express(), { controllers })));
};

/** A child container for each request, which has what belongs to it. */
function requestContainers(): IocAdapter {
  const children = new WeakMap<object, Container>();
  return {
    get(asked, action) {
      if (!action) return container.get(asked);
      const child = children.get(action.request) ?? childOf(action);
      return child.get(asked);
    },
  };

  function childOf({ request }: Action): Container {
    const child = new Container({ parent: container, defaultScope: 'Singleton' });
    for (const each of ofRequest) child.bind(each).toSelf().inSingletonScope();
    children.set(request, child);
    return child;
  }
}
