import { injectable } from 'inversify';
import { Products } from '../products/contract.ts';
import { Orders, type Order } from './contract.ts';

@injectable()
export class OrderBook extends Orders {
  readonly #orders: Order[] = [];

  constructor(private readonly products: Products) {
    super();
  }

  place(product: number, quantity: number): Order | undefined {
    const found = this.products.find(product);
    if (!found) return undefined;
    const order = {
      number: this.#orders.length + 1,
      product: found.name,
      quantity,
      total: found.price * quantity,
    };
    this.#orders.push(order);
    return order;
  }

  all(): readonly Order[] {
    return this.#orders;
  }
}
