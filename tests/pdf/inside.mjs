// pdf/inside: all that is painted lies on its sheet: letters, rules, grounds and pictures.
//
//   inside.mjs FILE.pdf
//
// Closes with a line `N passed, N failed`: the sheets.
import { execFileSync } from 'node:child_process';
import { basename } from 'node:path';

const file = process.argv[2];
const trace = execFileSync('mutool', ['trace', file], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
const numbers = (text) => text.split(' ').map(Number);
const place = ([a, b, c, d, e, f], x, y) => [a * x + c * y + e, b * x + d * y + f];

const attribute = {};
function attributes(line) {
    for (const key of ['transform', 'trm', 'mediabox'])
        if (line.includes(` ${key}="`))
            attribute[key] = numbers(new RegExp(` ${key}="([^"]*)"`).exec(line)[1]);
}

function points(line) {
    const at = (x, y) => place(attribute.transform, x, y);
    if (line.startsWith('<fill_image') || line.startsWith('<fill_image_mask'))
        return [at(0, 0), at(1, 1)];
    const letter = / x="(\S+)" y="(\S+)" adv="(\S+)"/.exec(line);
    if (letter) {
        const [x, y, advance] = letter.slice(1).map(Number);
        return [at(x, y), at(x + advance * attribute.trm[0], y + advance * attribute.trm[1])];
    }
    return [...line.matchAll(/ x(\d?)="(\S+)" y\1="([^"\s]+)"/g)].map(([, , x, y]) => at(Number(x), Number(y)));
}

let count = 0, off = new Map();
for (const raw of trace.split('\n')) {
    const line = raw.trim();
    attributes(line);
    count += line.startsWith('<page ');
    if (!/^<(fill_image|g |moveto|lineto|curveto)/.test(line))
        continue;
    const [left, top, right, bottom] = attribute.mediabox;
    const isOff = ([x, y]) => !(x >= left - 0.5 && x <= right + 0.5 && y >= top - 0.5 && y <= bottom + 0.5);
    if (points(line).some(isOff) && !off.has(count))
        off.set(count, line);
}
for (const [page, line] of [...off].slice(0, 3))
    console.log(`FAIL ${basename(file)}, page ${page}: painted beyond the sheet: ${line.slice(0, 160)}`);
console.log(`${count - off.size} passed, ${off.size} failed`);
process.exit(off.size || !count ? 1 : 0);
