import { Body, BodyParam, Controller, Post, UploadedFile, UploadedFiles } from 'routing-controllers';
import type { Test } from 'supertest';
import { differs, page, refused, row, type Topic } from './row.ts';

type File = Express.Multer.File;

@Controller('/desk')
class DeskController {
  @Post('/file')
  file(@UploadedFile('paper') paper: File) {
    return `<p>${paper.originalname} ${paper.buffer.toString()}</p>`;
  }

  @Post('/file-and-body')
  fileAndBody(@UploadedFile('paper') paper: File, @Body() body: object) {
    return `<p>${paper.originalname} ${JSON.stringify(body)}</p>`;
  }

  @Post('/file-and-part')
  fileAndPart(@UploadedFile('paper') paper: File, @BodyParam('note') note: string) {
    return `<p>${paper.originalname} ${note}</p>`;
  }

  @Post('/small-file')
  smallFile(@UploadedFile('paper', { options: { limits: { fileSize: 2 } } }) paper: File) {
    return `<p>${paper.originalname}</p>`;
  }

  @Post('/required-file')
  requiredFile(@UploadedFile('paper', { required: true }) paper: File) {
    return `<p>${paper.originalname}</p>`;
  }

  @Post('/files')
  files(@UploadedFiles('papers') papers: File[]) {
    return `<p>${papers.map(({ originalname }) => originalname).join(' ')}</p>`;
  }

  @Post('/one-of-files')
  oneOfFiles(@UploadedFiles('papers', { options: { limits: { files: 1 } } }) papers: File[]) {
    return `<p>${papers[0]?.originalname}</p>`;
  }

  @Post('/required-files')
  requiredFiles(@UploadedFiles('papers', { required: true }) papers: File[]) {
    return `<p>${papers[0]?.originalname}</p>`;
  }
}

const paper = (test: Test): Test => test.attach('paper', Buffer.from('Hello'), 'note.txt');
const papers = (test: Test): Test =>
  test.attach('papers', Buffer.from('one'), 'one.txt').attach('papers', Buffer.from('two'), 'two.txt');

export const uploadTopics: readonly Topic[] = [
  {
    spec: 'action-params',
    setups: [
      {
        controllers: [DeskController],
        cases: {
          'a file is given by its field': [row('post /desk/file', page('<p>note.txt Hello</p>'), paper)],
          'a file and the other fields are given': [
            row('post /desk/file-and-body', page('<p>note.txt {"a":"hello","b":"world"}</p>'), (test) =>
              paper(test).field('a', 'hello').field('b', 'world'),
            ),
          ],
          'a file and one of the other fields are given': [
            row('post /desk/file-and-part', page('<p>note.txt hello</p>'), (test) =>
              paper(test).field('note', 'hello'),
            ),
          ],
          'a file over its limit is refused': [
            differs(row('post /desk/small-file', refused(500), paper), refused(413), 'uploads'),
          ],
          'a file that is required must be there': [
            row('post /desk/required-file', page('<p>note.txt</p>'), paper),
            row('post /desk/required-file', refused(400, 'Uploaded file "paper" is required')),
          ],
          'files are given by their field': [row('post /desk/files', page('<p>one.txt two.txt</p>'), papers)],
          'more files than may be are refused': [
            differs(row('post /desk/one-of-files', refused(500), papers), refused(400), 'uploads'),
          ],
          'files that are required must be there': [
            row('post /desk/required-files', page(/Uploaded files "papers" are required/, 400)),
          ],
        },
      },
    ],
  },
];
