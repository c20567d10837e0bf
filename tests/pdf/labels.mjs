// pdf/labels: whether the foot of each page says what the page is called, and of how many.
//
//   labels.mjs FILE.pdf
//
// Without labels in its catalog a file is whole: its pages are 1 of N to N of N. With labels it is a binder,
// or some pages of a document: each foot says its own label, within a part the numbers rise, and none is above
// the number of pages that all feet of the part agree on.
import { execFileSync } from 'node:child_process';

const path = process.argv[2];

function run(program, ...words) {
    return execFileSync(program, [...words, path, ...(program === 'pdftotext' ? ['-'] : [])],
        { encoding: 'utf8', maxBuffer: 1 << 30 });
}

function numeral(number, style) {
    if (style !== '/r')
        return String(number);
    const steps = [['m', 1000], ['cm', 900], ['d', 500], ['cd', 400], ['c', 100], ['xc', 90], ['l', 50], ['xl', 40],
        ['x', 10], ['ix', 9], ['v', 5], ['iv', 4], ['i', 1]];
    return steps.reduce((text, [letters, value]) => {
        for (; number >= value; number -= value)
            text += letters;
        return text;
    }, '');
}

// What a program for reading calls each page; its part and number.
function labelled(ranges, count) {
    return Array.from({ length: count }, (_, index) => {
        const { index: from, label } = ranges.findLast(range => range.index <= index);
        const number = (label['/St'] ?? 1) + index - from, prefix = (label['/P'] ?? '').replace(/^u:/, '');
        return { number, style: label['/S'], prefix, label: prefix + numeral(number, label['/S']) };
    });
}

function faults(pages, ranges) {
    const whole = ranges.length === 0, last = new Map(), found = [];
    const expected = labelled(whole ? [{ index: 0, label: { '/S': '/D' } }] : ranges, pages.length);
    pages.forEach((text, i) => {
        const { label, number, prefix, style } = expected[i], part = `${style} ${prefix}`;
        const said = text.match(/(?:Page|· sheet) (.+) of ([0-9ivxlcdm]+)\s*$/m) ?? [], before = last.get(part);
        if (said[1] !== label)
            found.push(`page ${i + 1} is called ${label}, its foot says ${said[1]}`);
        if (whole && said[2] !== String(pages.length))
            found.push(`page ${i + 1} of ${pages.length} says that there are ${said[2]}`);
        if (before && (number <= before.number || said[2] !== before.of))
            found.push(`${label} of ${said[2]} follows ${before.label} of ${before.of}`);
        if (style === '/D' && number > Number(said[2]))
            found.push(`${label} is beyond ${said[2]}`);
        last.set(part, { label, number, of: said[2] });
    });
    return found;
}

const pages = run('pdftotext', '-raw').split('\f').slice(0, -1);
const { pagelabels } = JSON.parse(run('qpdf', '--json=2', '--json-key=pagelabels'));
const found = faults(pages, pagelabels);
found.forEach(fault => console.log(fault));
process.exit(found.length || !pages.length ? 1 : 0);
