export interface Product {
  readonly id: number;
  readonly name: string;
  /** In cents. */
  readonly price: number;
}

export abstract class Products {
  abstract all(): readonly Product[];
  abstract find(id: number): Product | undefined;
}
