// Builds layouts/assets/bilateral.woff2 and the licence beside it. Run it through `make font`.
// The output depends only on the locked packages and on the files here.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';

const here = path.dirname(fileURLToPath(import.meta.url));
const assets = path.join(here, '..', 'assets');
const family = path.join(here, 'node_modules/source-sans');

// Line ends are no characters of ours; the spaces that typesetting needs stand here, where they can be seen.
const SPACES = '\u0020\u00a0\u2007\u2009\u2011\u202f\u00ad';
const characters = readFileSync(path.join(here, 'characters.txt'), 'utf8').replaceAll('\n', '') + SPACES;

const font = await subsetFont(readFileSync(path.join(family, 'VF/SourceSans3VF-Upright.ttf')), characters, {
  targetFormat: 'woff2',
  // Text weights only; the family also has hair lines and posters.
  variationAxes: { wght: { min: 400, max: 750 } },
  // Its digits are of one width as they are; small capitals and other forms are a half of the file.
  noLayoutClosure: true,
});
writeFileSync(path.join(assets, 'bilateral.woff2'), font);
copyFileSync(path.join(family, 'LICENSE.md'), path.join(assets, 'bilateral.LICENSE.txt'));
console.log(`bilateral.woff2: ${(font.length / 1000).toFixed(1)} kB, ${new Set(characters).size} characters`);
