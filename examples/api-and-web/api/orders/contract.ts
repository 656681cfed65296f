export interface Order {
  readonly number: number;
  readonly product: string;
  readonly quantity: number;
  /** In cents. */
  readonly total: number;
}

export abstract class Orders {
  /** Undefined where there is no such product. */
  abstract place(product: number, quantity: number): Order | undefined;
  abstract all(): readonly Order[];
}
