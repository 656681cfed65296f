import express from 'express';
import { createHost, createServer } from 'plugboard';
import { ShopPlugin } from '../http/shop.ts';

// #region server
const host = createHost({ plugins: [ShopPlugin] });
await host.start();

const app = express();
app.use('/api', host.handler);
const server = createServer(app).listen(0); // instead of app.listen(0)
// #endregion

export { host, server };
