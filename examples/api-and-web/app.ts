import express from 'express';
import { ContainerModule } from 'inversify';
import type { AddressInfo } from 'node:net';
import { createHost } from 'plugboard';
import { Orders } from './api/orders/contract.ts';
import { Products } from './api/products/contract.ts';

const apiHost = createHost({ plugins: ['./api'] });

// Asked for each time that a page is started anew, so that it gets what the API serves with then.
const fromApi = new ContainerModule(({ bind }) => {
  for (const token of [Products, Orders]) {
    bind<object>(token)
      .toDynamicValue(() => apiHost.get<object>(token))
      .inTransientScope();
  }
});

const webHost = createHost({ plugins: ['./web'], views: './views', services: fromApi });

const app = express();
app.use('/api', apiHost.handler);
app.use(webHost.handler);

await apiHost.start();
await webHost.start();

const server = app.listen(Number(process.env.PORT ?? 3000), () => {
  console.log(`Open http://localhost:${(server.address() as AddressInfo).port}`);
});

process.once('SIGTERM', () => {
  server.close();
  void webHost.close().then(() => apiHost.close());
});
