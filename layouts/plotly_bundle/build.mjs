// Builds layouts/assets/plotly-trade.min.js and the licence file beside it. Run it through `make bundle`.
// The output depends only on the locked packages and on the files here: no dates, no paths, no addresses.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const assets = path.join(here, '..', 'assets');
const script = path.join(assets, 'plotly-trade.min.js');
const notices = path.join(assets, 'plotly-trade.LICENSE.txt');

const plotly = JSON.parse(readFileSync(path.join(here, 'node_modules/plotly.js/package.json'), 'utf8'));
// plotly.js writes the years of its copyright at the head of its own builds; the banner repeats that line.
const copyright = readFileSync(path.join(here, 'node_modules/plotly.js/dist/plotly.min.js'), 'utf8')
  .slice(0, 400)
  .match(/Copyright [^\n]*/)[0]
  .trim();

// Step 1: one readable script. Paths in the output are relative to this folder, so it builds the same anywhere.
const bundled = await build({
  absWorkingDir: here,
  entryPoints: ['entry.js'],
  outdir: 'unused',
  write: false,
  bundle: true,
  // A plain script that assigns the global `Plotly` as it runs: Dash's graph component uses that global
  // when it exists and only otherwise fetches the full plotly.js.
  format: 'iife',
  globalName: 'Plotly',
  // The same settings as plotly.js's own build.
  target: 'es2016',
  define: { global: 'window', 'define.amd': 'false' },
  // plotly.js's registry imports the style sheet of its map traces, none of which is in here.
  loader: { '.css': 'empty' },
  // Every licence goes into one notice file, see below; the script keeps the banner.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
});

// Step 2: drop the `description` of each attribute, as plotly.js's own builds do. Nothing reads them at run
// time and they are a twelfth of the file. Only a property that is a plain string, or a list of plain strings
// joined, is dropped; anything else stays.
const string = String.raw`(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\`(?:[^\`\\$]|\\.)*\`)`;
const description = new RegExp(
  String.raw`^ *description: (?:${string}|\[\s*(?:${string},?\s*)*\]\.join\(${string}\)),?\n`,
  'gm',
);
const source = bundled.outputFiles.find((file) => file.path.endsWith('.js')).text;
const stripped = source.replace(description, '');

// Step 3: minify.
const { code } = await transform(stripped, { minify: true, target: 'es2016', legalComments: 'none' });
const banner = `/**
 * plotly.js v${plotly.version}, partial build: scatter, bar, heatmap, treemap
 * ${copyright}
 * All rights reserved.
 * Licensed under the MIT license
 * Licences of the packages inside: plotly-trade.LICENSE.txt
 */
`;
writeFileSync(script, banner + code);

// The packages whose code is in the output, each with its licence text.
const packages = new Map();
const [output] = Object.values(bundled.metafile.outputs);
for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
  // The style sheets were left out above: what remains of them is an empty shell.
  if (bytesInOutput === 0 || input.endsWith('.css')) continue;
  const match = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
  if (!match) continue;
  const manifest = JSON.parse(readFileSync(path.join(here, match[1], 'package.json'), 'utf8'));
  packages.set(`${manifest.name} ${manifest.version}`, { folder: path.join(here, match[1]), manifest });
}
const sections = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, { folder, manifest }]) => {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file)).sort();
  const author = typeof manifest.author === 'string' ? manifest.author : manifest.author?.name;
  const text = files.length
    ? files.map((file) => readFileSync(path.join(folder, file), 'utf8').replace(/\r/g, '').trim()).join('\n\n')
    : `Licence: ${manifest.license}${author ? `\nAuthor: ${author}` : ''}\n(The package ships no licence text.)`;
  return `${name}\n${'='.repeat(name.length)}\n\n${text}\n`;
});
writeFileSync(
  notices,
  `plotly-trade.min.js is a partial build of plotly.js ${plotly.version}. It contains code of these packages:\n\n` +
    sections.join('\n\n'),
);

const bytes = readFileSync(script);
const kilobytes = (size) => `${(size / 1000).toFixed(0)} kB`;
console.log(
  `plotly-trade.min.js: ${kilobytes(bytes.length)}, gzip ${kilobytes(gzipSync(bytes, { level: 9 }).length)}, ` +
    `brotli ${kilobytes(brotliCompressSync(bytes).length)}, ${packages.size} packages`,
);
