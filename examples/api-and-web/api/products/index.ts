import { Plugin } from 'plugboard';
import { Get, JsonController, NotFoundError, Param } from 'routing-controllers';
import { Products, type Product } from './contract.ts';

class ProductList extends Products {
  readonly #products: readonly Product[] = [
    { id: 1, name: 'Teapot', price: 3200 },
    { id: 2, name: 'Cup & saucer', price: 900 },
  ];

  all(): readonly Product[] {
    return this.#products;
  }

  find(id: number): Product | undefined {
    return this.#products.find((product) => product.id === id);
  }
}

@Plugin({
  name: 'products',
  version: '1.0.0',
  description: 'What there is to buy',
  services: [[Products, ProductList]],
  exports: [Products],
})
@JsonController('/products')
export class ProductsPlugin {
  constructor(private readonly products: Products) {}

  @Get()
  all() {
    return this.products.all();
  }

  @Get('/:id')
  find(@Param('id') id: number) {
    const product = this.products.find(id);
    if (!product) throw new NotFoundError(`There is no product ${id}.`);
    return product;
  }
}
