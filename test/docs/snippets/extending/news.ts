import { Plugin } from 'plugboard';
import { Get, JsonController } from 'routing-controllers';
import { MenuItems, type MenuItem } from '../../../../plugins/welcome/contract.ts';

// #region value
@Plugin({
  name: 'news',
  contributes: [[MenuItems, { title: 'News', href: '/news' } satisfies MenuItem]],
})
@JsonController('/news')
export class NewsPlugin {
  @Get()
  latest() {
    return ['Tea is cheaper today.'];
  }
}
// #endregion
