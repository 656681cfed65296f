import 'reflect-metadata';
import {
  Module,
  ValidationPipe,
  type INestApplication,
  type MiddlewareConsumer,
  type NestModule,
} from '@nestjs/common';
import { NestFactory, type AbstractHttpAdapter } from '@nestjs/core';
import { portOf } from '../peer-server.ts';
import { ReportsController, Stamp } from './reports-controller.ts';
import { HelloController, ItemsController, OrdersController } from './shop-controllers.ts';
import { Greeting, Visit, VisitsController } from './visits-controller.ts';

@Module({
  controllers: [HelloController, ItemsController, OrdersController, ReportsController, VisitsController],
  providers: [Visit, Greeting],
})
class AppModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(Stamp).forRoutes(ReportsController);
  }
}

/** The same Nest app on either of its platforms. */
export async function serveNest(adapter: AbstractHttpAdapter): Promise<number> {
  const app: INestApplication = await NestFactory.create(AppModule, adapter, { logger: ['error'] });
  app.useGlobalPipes(new ValidationPipe({ transform: true }));
  await app.listen(0, '127.0.0.1');
  return portOf(app.getHttpServer());
}
