// paper: every PDF of a finished site, judged by qpdf and poppler.
//
//   paper.mjs FOLDER
//
// Structure, fonts, page numbers, the mark of a draft; and no word of a document's page may be
// missing from its sheets.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { read, unescape } from './pages/markup.mjs';

const folder = process.argv[2];
const tally = { passed: 0, failed: 0 };

function check(fine, message, found = '') {
    tally[fine ? 'passed' : 'failed']++;
    if (!fine)
        console.log(`FAIL ${message}${found ? `: ${found}` : ''}`);
    return fine;
}

function run(command, ...args) {
    return new Promise((done) => execFile(command, args, { maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
        done({ status: error ? (error.code ?? 1) : 0, out: stdout, err: stderr })));
}

function pdfsBelow(below = '') {
    return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
        const path = below ? `${below}/${entry.name}` : entry.name;
        return entry.isDirectory() ? pdfsBelow(path) : path.endsWith('.pdf') ? [path] : [];
    }).sort();
}

async function structure(file) {
    const { status, out, err } = await run('qpdf', '--check', file);
    return status === 0 && !/WARNING/.test(out + err) ? '' : (out + err).split('\n').slice(0, 3).join('; ');
}

async function facts(file, path) {
    const { out } = await run('pdfinfo', file);
    const info = Object.fromEntries(out.split('\n').map((line) => [line.split(':')[0], line.slice(line.indexOf(':') + 1).trim()]));
    check(info.Title, `${path}: has a title`, out);
    check(info.Encrypted === 'no' && info.JavaScript === 'no', `${path}: plain`, `encrypted ${info.Encrypted}, JavaScript ${info.JavaScript}`);
    check(/A4|letter|419\.53 x 595\.28/i.test(info['Page size'] ?? ''), `${path}: A4, A5 or Letter`, info['Page size']);
    return Number(info.Pages);
}

async function fonts(file, path) {
    const { out } = await run('pdffonts', file);
    const bad = out.split('\n').slice(2).filter((line) => line.trim() && !/ yes yes yes +\d+ +\d+$/.test(line));
    check(out.split('\n').length > 2 && bad.length === 0, `${path}: fonts are embedded subsets that know their characters`, bad.join('; '));
}

// Letters and digits only: hyphens, ligatures and line ends differ between screen and paper.
const bare = (text) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');

// On the screen a drawing is followed by a table that says the same; paper has the drawing.
function tablesOfDrawings(elements) {
    const before = new Map();
    const tables = new Set();
    for (const e of elements) {
        const last = before.get(e.parent);
        if (e.attributes.get('class') === 'scroll' && (last?.name === 'svg' || last?.attributes.get('class')?.includes('drawing')))
            tables.add(e);
        before.set(e.parent, e);
    }
    return tables;
}

function wordsOfPage(html) {
    const { elements } = read(readFileSync(html, 'utf8'), true);
    const top = elements.find((e) => (e.attributes.get('class') ?? '').split(' ').includes('prose'));
    const inside = (e) => e && (e === top || inside(e.parent));
    const tables = tablesOfDrawings(elements);
    const forTheScreen = (e) => e && (tables.has(e) || ['svg', 'button'].includes(e.name) || e.attributes.get('class') === 'unseen' ||
        forTheScreen(e.parent));
    return elements.filter((e) => top && inside(e) && !forTheScreen(e))
        .flatMap((e) => unescape(e.text).split(/\s+/)).map(bare).filter((word) => word.length > 2);
}

// In narrow cells a word's halves stand apart: "resto-" at the end of one line, "ration" later.
function isHyphenated(word, raw) {
    for (let at = 2; at <= word.length - 2; at++) {
        const ends = ['-', '\u00ad', '\u2010'].some((hyphen) =>
            raw.includes(`${word.slice(0, at)}${hyphen}\n`) || raw.includes(`${word.slice(0, at)}${hyphen} `));
        if (ends && raw.includes(word.slice(at)))
            return true;
    }
    return false;
}

// What players get comes first, and tells nothing of what is to come.
function brief(path, sheets) {
    const id = path.match(/([^/]+)-pack/)[1].toUpperCase();
    const record = exercises.find((e) => e.id === id);
    const secrets = (record?.injects ?? []).flatMap((i) => [i.text, i.expected]).filter(Boolean).map(bare);
    const first = sheets.findIndex((sheet) => sheet.includes('Not for players'));
    check(first > 0 && sheets.slice(0, first).some((sheet) => sheet.includes('Players\u2019 brief') || sheet.includes("Players' brief")),
        `${path}: the players' brief comes before the controllers' sheet`);
    const told = bare(sheets.slice(0, first).join(' ')), rest = bare(sheets.slice(first).join(' '));
    secretCount += secrets.length;
    check(!secrets.some((secret) => told.includes(secret)), `${path}: players read neither injects nor answers`);
    check(/controller/i.test(rest) && secrets.every((secret) => [...secret].length < 12 || rest.includes(secret.slice(0, 12))),
        `${path}: controllers read them all`);
}

async function words(file, path, pages) {
    const raw = (await run('pdftotext', '-raw', file, '-')).out;
    const sheets = raw.split('\f').slice(0, pages);
    check(sheets.every((sheet) => /DRAFT/.test(sheet)), `${path}: every sheet says DRAFT`);
    const labels = await run('node', fileURLToPath(new URL('pdf/labels.mjs', import.meta.url)), file);
    check(labels.status === 0, `${path}: every sheet says what it is called, of how many`, labels.out.slice(0, 200));
    if (path.endsWith('-pack.pdf') && path.startsWith('exercise/'))
        brief(path, raw.split('\f').slice(0, pages));
    const page = join(folder, path.replace(/pdf$/, 'html'));
    if (!existsSync(page))
        return;
    const paper = bare(raw);
    const lost = [...new Set(wordsOfPage(page))]
        .filter((word) => !paper.includes(word) && !isHyphenated(word, raw));
    check(lost.length === 0, `${path}: no word of the page is missing`, lost.slice(0, 10).join(' '));
}

async function sheet(path) {
    const file = join(folder, path);
    const wrong = await structure(file);
    if (!check(wrong === '', `${path}: sound structure`, wrong))
        return;
    const pages = await facts(file, path);
    await fonts(file, path);
    await words(file, path, pages);
}

// A PDF with a piece missing must be noticed.
async function control(path) {
    const place = mkdtempSync(join(tmpdir(), 'paper-'));
    const bytes = readFileSync(join(folder, path));
    writeFileSync(join(place, 'cut.pdf'), bytes.subarray(0, bytes.length - 200));
    check(await structure(join(place, 'cut.pdf')) !== '', 'control: qpdf sees a cut PDF');
    rmSync(place, { recursive: true });
}

const paths = pdfsBelow();
const exercises = JSON.parse(readFileSync(join(folder, 'data/exercise.json'), 'utf8'));
let secretCount = 0;
if (check(paths.length > 0, 'there are PDFs'))
    await control(paths[0]);
const queue = [...paths];
const worker = async () => {
    for (let path; (path = queue.shift()) !== undefined;)
        await sheet(path);
};
await Promise.all([worker(), worker()]);
check(secretCount > 0, 'there is an exercise to come with injects');
console.log(`${paths.length} PDFs`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
