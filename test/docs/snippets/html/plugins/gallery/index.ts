import { Plugin } from 'plugboard';
import { Controller, Get, Param, Render } from 'routing-controllers';

@Plugin({ name: 'gallery', assets: './public' })
@Controller('/gallery')
export class GalleryPlugin {
  readonly #pictures = ['dawn', 'noon', 'dusk'];

  @Get()
  @Render('gallery')
  show() {
    return { title: 'Gallery', pictures: this.#pictures };
  }

  @Get('/:name/label')
  @Render('label.txt')
  label(@Param('name') name: string) {
    return { name };
  }
}
