import 'reflect-metadata';
import express from 'express';
import { HelloController } from '../controllers/hello.ts';
import { ItemsController } from '../controllers/items.ts';
import { OrdersController } from '../controllers/orders.ts';
import { ReportsController } from '../controllers/reports.ts';
import { controllersHandler, createServer } from '../plugboard.ts';
import { listenOn, type Serve } from './peer-server.ts';

/** What a user of routing-controllers gets by moving over in one line, and the server in another. */
export const serve: Serve = async () => {
  const controllers = [HelloController, ItemsController, OrdersController, ReportsController];
  return listenOn(createServer(express().use(controllersHandler({ controllers }))));
};
