// pdf/make-hard: writes documents that would be tedious to keep: endless words, cells, tables,
// pictures that lie about themselves, one too much of everything that has a limit.
//
//   make-hard.mjs FOLDER
//
// Documents that must render go into FOLDER, those that must be refused into FOLDER/refused, those
// that render with a warning into FOLDER/warned; these two with a file NAME.says: the beginning of
// what must be said.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

const folder = process.argv[2];
const [refused, warned] = ['refused', 'warned'].map((name) => join(folder, name));
for (const each of [refused, warned])
    mkdirSync(each, { recursive: true });

const times = (count, line) => Array.from({ length: count }, (_, i) => line(i));
const row = (cells) => `| ${cells.join(' | ')} |\n`;
const table = (head, rows) => row(head) + row(head.map(() => '---')) + rows.map(row).join('');

const arabic = 'هذه خطة استمرارية الأعمال BCP-001. ';
const hebrew = 'זוהי תוכנית 12 להמשכיות עסקית. ';
// So far down its page, a heading and something that cannot be cut.
const lead = (i, picture) => `${'Words before it. '.repeat(i * 40)}\n\n## Heading${i}\n\n![Caption${i}](${picture} "Caption${i}")\n\n`;
const documents = {
    word: `# W\n\n${'x'.repeat(5000)}\n\n${table(['A', 'B'], [['y'.repeat(5000), 'b']])}\n- ${'z'.repeat(5000)}\n\n\`${'c'.repeat(5000)}\`\n\n` +
        `\`\`\`\n${'d'.repeat(5000)}\n\`\`\`\n\n> ### ${'h'.repeat(5000)}\n`,
    cell: `# Cells\n\n${table(['A', 'B'], [[times(4000, (i) => `word${i}`).join(' '), 'beside'], ['after', 'it']])}`,
    columns: `# Columns\n\n${table(times(60, (i) => `Head${i}`), times(40, (r) => times(60, (i) => `cell ${r}/${i}`)))}`,
    heads: times(600, (i) => `${'#'.repeat(1 + i % 5)} Heading ${i}\n\n`).join(''),
    empty: '',
    blank: '\n \n\t\n',
    hollow: '# \n\n##\n\n-\n\n>\n\n| |\n|-|\n| |\n\n```\n```\n\n---\n',
    arabic: `# ${arabic}\n\n${times(20, () => `${arabic.repeat(30)}\n\n`).join('')}${table([arabic, '123'], [[arabic.repeat(5), '45']])}\n1. ${arabic}\n2. ${hebrew}\n`,
    hebrew: `# ${hebrew}\n\n${times(20, () => `${hebrew.repeat(30)}\n\n`).join('')}> ${hebrew.repeat(9)}\n`,
    mixed: `# Mixed\n\n${`English ${arabic}and English again, ${hebrew}Ελληνικά Русский 中文字符 日本語 हिन्दी ไทย ქართული Հայերեն አማርኛ é e\u0301. `.repeat(60)}\n`,
    nests: `${times(30, (i) => `${'> '.repeat(i % 16 + 1)}- level ${i}\n\n`).join('')}`,
    deep: `${times(32, (i) => `${'  '.repeat(i)}- level ${i}\n`).join('')}\n${times(32, (i) => `${'> '.repeat(i + 1)}quote ${i}\n\n`).join('')}`,
    footnotes: `# Notes\n\n${times(1000, (i) => `word${i} [^${i}]`).join(' ')}\n\n${table(['A', 'B'], [[times(500, (i) => `cell${i} [^c${i}]`).join(' '), 'beside']])}\n` +
        `${times(1000, (i) => `[^${i}]: Note${i}\n\n`).join('')}${times(500, (i) => `[^c${i}]: Cellnote${i}\n\n`).join('')}`,
    chain: `# One\n\n${times(9, (i) => `${'#'.repeat(2 + i % 4)} Chain${i}\n\n`).join('')}${table(times(14, (i) => `Column${i}`), [times(14, (i) => `Valuevalue${i}`)])}\nAfter.\n`,
    among: `# Among\n\nWords ![words](tall.png) and ![words](wide.png) more ![words](thin.png) words.\n\n- item ![words](tall.png) here\n\n` +
        `${table(['Left', 'Right'], [['![words](tall.png)', 'beside ![words](wide.png)']])}\n> words ![words](tall.png)\n\n${times(400, (i) => `after${i}`).join(' ')}\n\nText[^1]\n\n[^1]: note ![words](tall.png)\n`,
    marks: `# Marks\n\nText.\n\nUnder z${'\u0316'.repeat(90)} and a${'\u0316'.repeat(90)} all.\n`,
    lead: `# Lead\n\n${times(12, (i) => lead(i, ['tall.png', 'wide.png', 'thin.png'][i % 3])).join('')}`,
};
for (const [name, text] of Object.entries(documents))
    writeFileSync(join(folder, `${name}.md`), text);

function crc32(bytes) {
    let crc = ~0;
    for (const byte of bytes) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++)
            crc = crc >>> 1 ^ (crc & 1 ? 0xEDB88320 : 0);
    }
    return ~crc >>> 0;
}

function chunk(kind, data) {
    const body = Buffer.concat([Buffer.from(kind), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

// One that says it is that large, with that much in it.
function png(width, height, bytes) {
    const head = Buffer.alloc(13);
    head.writeUInt32BE(width, 0);
    head.writeUInt32BE(height, 4);
    head.set([8, 2, 0, 0, 0], 8);
    return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', head),
        chunk('IDAT', deflateSync(Buffer.alloc(bytes))), chunk('IEND', Buffer.alloc(0))]);
}

// What is said of a text where.
function say(where, name, text, says) {
    writeFileSync(join(where, `${name}.md`), text);
    writeFileSync(join(where, `${name}.says`), `${name}.md${says}\n`);
}
const refuse = (name, text, says) => say(refused, name, text, says);

const jpegHead = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc000114e204e2003012200021101031101', 'hex');
const pictures = {
    'huge.png': png(20000, 20000, 60001),
    'bomb.png': png(8000, 2000, 100),
    'cut.png': png(4, 4, 52).subarray(0, 50),
    'cut.jpg': jpegHead,
    'text.png': Buffer.from('no picture\n'),
};
for (const [name, bytes] of Object.entries(pictures)) {
    writeFileSync(join(refused, name), bytes);
    refuse(name, `# P\n\n![A plan](${name} "The plan")\n\n![](${name}) inline\n`, ':3:11: error[IM');
}
for (const [name, width, height] of [['tall', 100, 1000], ['wide', 1000, 50], ['thin', 1, 3000]])
    writeFileSync(join(folder, `${name}.png`), png(width, height, height * (3 * width + 1)));

refuse('bytes', 'word '.repeat(100).concat('\n\n').repeat(5000), ': error[FI3]: the file has');
refuse('line', `# L\n\n${'word '.repeat(20000)}\n`, ':3:1: error[MD1]: a line is longer than');
refuse('block', `# L\n\n${'word\n'.repeat(20000)}`, ':3:1: error[MD1]: a block of lines is longer than');
refuse('columns', `# L\n\n${table(times(65, (i) => `H${i}`), [['x']])}`, ':3:1: error[MD1]: a table has more than 64 columns');
refuse('cells', `# L\n\n${table(times(64, (i) => `H${i}`), times(1100, () => ['x']))}`, ':3:1: error[MD1]: the tables of this document have more than');
refuse('notes', times(2049, (i) => `w[^${i}]\n\n[^${i}]: Note\n\n`).join(''), ':8195:1: error[MD1]: this document has more than 2048 footnotes');
refuse('quotes', `# L\n\n${'> '.repeat(33)}deep\n`, ':3:1: error[MD1]: quotes or lists are nested more than 32 deep');
refuse('lists', times(33, (i) => `${'  '.repeat(i)}- level\n`).join(''), ':33:65: error[MD1]: quotes or lists are nested more than 32 deep');
say(warned, 'letters', '# L\n\nא 𞠀𞠁 ב\n', ":3:3: warning[FO1]: no font has the character '𞠀' (U+1E800)");
