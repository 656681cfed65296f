import { Get, JsonController, Param } from 'routing-controllers';
import { Plugin, type Class } from 'plugboard';

/** What one healthy plugin has of another. */
export class Catalog {
  titleOf(article: string): string {
    return `the title of ${article}`;
  }
}

@Plugin({ name: 'catalog', services: [Catalog], exports: [Catalog] })
@JsonController('/catalog')
export class CatalogPlugin {
  constructor(private readonly catalog: Catalog) {}

  @Get('/:article')
  show(@Param('article') article: string): object {
    return { title: this.catalog.titleOf(article) };
  }
}

@Plugin({ name: 'shop' })
@JsonController('/shop')
export class ShopPlugin {
  constructor(private readonly catalog: Catalog) {}

  @Get('/:count')
  async buy(@Param('count') count: number): Promise<object> {
    return Promise.resolve({ bought: `${count} times ${this.catalog.titleOf('a-1')}` });
  }
}

export const healthyPlugins: readonly Class[] = [CatalogPlugin, ShopPlugin];

/** What they answer, by path. With the plugin in a folder that test/host/broken-plugins.ts counts on. */
export const healthyAnswers: Readonly<Record<string, string>> = {
  '/catalog/a-1': '{"title":"the title of a-1"}',
  '/shop/3': '{"bought":"3 times the title of a-1"}',
  '/a-healthy': '"a-healthy"',
};
