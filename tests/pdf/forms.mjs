// pdf/forms: blank forms as files that can be filled in, by qpdf, poppler and mupdf.
//
//   forms.mjs FOLDER
//
// FOLDER is a tree of the portal: its forms/ must be single sheets whose fields have names and
// words of their own, lie on the sheet and take what is typed; no other PDF has a field to type in.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = process.argv[2], place = mkdtempSync(join(tmpdir(), 'forms-'));
const tally = { passed: 0, failed: 0 };

function check(fine, message, found = '') {
    tally[fine ? 'passed' : 'failed']++;
    if (!fine)
        console.log(`FAIL ${message}${found === '' ? '' : `: ${found}`}`);
}

const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });

function pdfsBelow(below = '') {
    return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
        const path = below ? `${below}/${entry.name}` : entry.name;
        return entry.isDirectory() ? pdfsBelow(path) : path.endsWith('.pdf') ? [path] : [];
    }).sort();
}

function objectsOf(file) {
    const all = JSON.parse(run('qpdf', '--json=2', '--json-key=qpdf', file)).qpdf[1];
    const get = (value) => (/^\d+ \d+ R$/.test(value) ? all[`obj:${value}`].value ?? all[`obj:${value}`].stream.dict : value);
    return { get, catalog: get(all.trailer.value['/Root']) };
}

const fieldsOf = (file) => JSON.parse(run('qpdf', '--json', '--json-key=acroform', file)).acroform.fields;

function checkWidgets(path, file, fields) {
    const { get, catalog } = objectsOf(file), form = get(catalog['/AcroForm']);
    const pageBox = get(get(get(catalog['/Pages'])['/Kids'][0]))['/MediaBox'];
    check(form['/NeedAppearances'] === undefined, `${path}: brings its own appearances`);
    const fonts = get(get(form['/DR'])['/Font']);
    for (const field of fields) {
        const widget = get(field.object), [left, bottom, right, top] = widget['/Rect'];
        const name = `${path}: ${field.fullname}`;
        check(left >= 0 && bottom >= 0 && right <= pageBox[2] && top <= pageBox[3] && right - left > 10 && top - bottom > 9, `${name}: lies on the sheet`, widget['/Rect'].join(' '));
        check(get(get(widget['/AP'])['/N'])['/Subtype'] === '/Form', `${name}: has an appearance`);
        check(fonts[/^u?:?(\/\w+) /.exec(widget['/DA'])?.[1]] !== undefined, `${name}: is typed with a font of the file`, widget['/DA']);
        check(field.alternativename.length > 2 && field.alternativename !== field.partialname, `${name}: has words`, field.alternativename);
    }
}

// Each field gets its own number; a program that reads the file must find them all.
const filler = join(place, 'fill.js');
writeFileSync(filler, `var doc = new Document(scriptArgs[0]), page = doc.loadPage(0), fields = page.getWidgets();
for (var i = 0; i < fields.length; i++) fields[i].setTextValue("" + (7000 + i));
page.update();
doc.save(scriptArgs[1], "");
`);

function checkFilling(path, file, fields) {
    const filled = join(place, 'filled.pdf');
    run('mutool', 'run', filler, file, filled);
    const values = fieldsOf(filled).map((field) => field.value);
    check(values.join() === fields.map((_, i) => `u:${7000 + i}`).join() || values.join() === fields.map((_, i) => `${7000 + i}`).join(), `${path}: keeps what is typed, in order`, values.slice(0, 5).join());
    const words = run('pdftotext', '-layout', filled, '-');
    const lost = fields.map((_, i) => `${7000 + i}`).filter((word) => !words.includes(word));
    check(lost.length === 0, `${path}: shows what is typed`, lost.slice(0, 5).join());
}

function checkForm(path) {
    const file = join(folder, path), fields = fieldsOf(file), names = fields.map((f) => f.fullname);
    check(/^Pages: +1$/m.test(run('pdfinfo', file)), `${path}: is one sheet`);
    check(fields.length > 10 && fields.every((f) => f.fieldtype === '/Tx'), `${path}: has fields to type in`, fields.length);
    check(new Set(names).size === names.length, `${path}: names are unique`);
    check(names.every((n) => /^(head|row-\d+)\.[a-z0-9-]+$/.test(n)), `${path}: names tell what they are`, names.find((n) => !/^(head|row-\d+)\./.test(n)));
    checkWidgets(path, file, fields);
    checkFilling(path, file, fields);
}

const paths = pdfsBelow(), forms = paths.filter((p) => p.startsWith('forms/'));
check(forms.length > 0, 'there are forms');
forms.forEach(checkForm);
for (const path of paths.filter((p) => !p.startsWith('forms/')))
    check(!/\/FT ?\/Tx/.test(readFileSync(join(folder, path), 'latin1')), `${path}: has no field to type in`);
rmSync(place, { recursive: true });
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed || !tally.passed ? 1 : 0);
