// places: every line of what was asked for has a place where a user finds it answered.
//
//   places.mjs CONTINUO SITE
//
// tests/places/places.def has the lines and their places; SITE holds the trees of the example.
// First the judge itself is tried on answers that are none.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unescape } from './pages/markup.mjs';

const def = 'tests/places/places.def';
const sizes = { S0: 74, S1: 20, S2: 40 };
const kinds = ['PAGE', 'PAPER', 'CHECK', 'RUN'];

// -- The lines ------------------------------------------------------------------------------------

const expectedIds = Object.entries(sizes).flatMap(([seed, size]) =>
    Array.from({ length: size }, (_, i) => `${seed}.${String(i + 1).padStart(2, '0')}`));

const blank = (text) => text.replace(/[^\n]/g, ' ');
const word = /"(?:[^"\\]|\\.)*"|\b[A-Z]+\b/g;
const call = /\b([A-Z]+)\(((?:\s*(?:"(?:[^"\\]|\\.)*"|[A-Z]+)\s*,?)*)\)/g;

// Rows as { id, asks, places: [{ kind, where, texts, waits, line }] }; what is no row is said.
export function readRows(source, say) {
    const rows = [];
    const code = source.replace(/\/\*[^]*?\*\//g, blank);
    for (const found of code.matchAll(call)) {
        const line = code.slice(0, found.index).split('\n').length;
        const words = found[2].match(word) ?? [];
        const waits = found[1] === 'WAITS';
        const kind = waits ? words[0] : found[1];
        const [first, ...texts] = words.filter((w) => w.startsWith('"')).map((w) => JSON.parse(w));
        if (first === undefined || (kind !== 'ASKED' && !kinds.includes(kind)))
            say(line, `'${found[0]}' is no row`);
        else if (kind === 'ASKED')
            rows.push({ id: first, asks: texts[0], line, places: [] });
        else
            rows.at(-1)?.places.push({ kind, where: first, texts, waits, line });
    }
    code.replace(call, blank).split('\n').forEach((rest, i) => rest.trim() && say(i + 1, `'${rest.trim()}' is no row`));
    return rows;
}

function checkIds(rows, expected, say) {
    const ids = rows.map((row) => row.id);
    for (const id of expected.filter((x) => !ids.includes(x)))
        say(1, `${id} has no row`);
    rows.forEach((row, i) => {
        if (!expected.includes(row.id) || ids.indexOf(row.id) !== i)
            say(row.line, `${row.id} is unknown, or here twice`);
        if (!row.asks || row.places.length === 0)
            say(row.line, `${row.id} has no place`);
    });
}

// -- The places -----------------------------------------------------------------------------------

const folded = (text) => text.replace(/\s+/g, ' ').trim();

// What a reader gets of a page: its title, what stands in its main part, and words for pictures.
export function wordsOf(html) {
    const main = /<main[^]*<\/main>/.exec(html)?.[0] ?? html;
    return folded(unescape(main.replace(/<[^>]*\balt="([^"]*)"[^>]*>/g, ' $1 ').replace(/<[^>]*>/g, ' ')));
}

// "d/pol-001.html" of the auditor, "staff:d/pol-001.html" of all staff.
function pathOf(site, where) {
    const [audience, path] = where.includes(':') ? where.split(':') : ['audit', where];
    return join(site, audience, 'draft', path);
}

function output(command, args) {
    const done = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
    return done.status === 0 ? done.stdout : undefined;
}

// All that stands at a place; undefined when there is no such place.
function wordsAt(continuo, site, { kind, where }) {
    const path = pathOf(site, where);
    if (kind === 'CHECK')
        return output(continuo, ['explain', where]);
    if (kind === 'RUN')
        return output(continuo, where.split(' '));
    if (!existsSync(path))
        return undefined;
    if (kind === 'PAPER')
        return output('pdftotext', ['-layout', path, '-']) + output('pdfimages', ['-list', path]);
    const text = readFileSync(path, 'utf8');
    return path.endsWith('.html') ? wordsOf(text) : text;
}

export function judge(place, words) {
    if (words === undefined)
        return `there is no ${place.kind.toLowerCase()} '${place.where}'`;
    const missing = place.texts.filter((text) => !folded(words).includes(text));
    if (missing.length > 0)
        return `${place.kind.toLowerCase()} '${place.where}' does not say '${missing.join("', '")}'`;
    return place.kind !== 'CHECK' && place.texts.length === 0 ? 'a place needs a text' : '';
}

// -- The run --------------------------------------------------------------------------------------

let passed = 0;
let failed = 0;
function count(fault, line) {
    if (fault)
        console.log(`${def}:${line}: ${fault}`);
    return fault ? failed++ : passed++;
}

function tryJudge() {
    const faults = (source, expected) => {
        const said = [];
        const say = (line, words) => said.push(words);
        checkIds(readRows(source, say), expected, say);
        return said.join('; ');
    };
    const sound = 'ASKED("S0.01", "units")\n    PAGE("a.html", "Units (2)")\n    WAITS(CHECK, "SC2")\n';
    const page = { kind: 'PAGE', where: 'a.html', texts: ['Units & sites'] };
    const tries = [
        [faults(sound, ['S0.01']), ''],
        [faults(sound, ['S0.01', 'S0.02']), 'S0.02 has no row'],
        [faults(sound + sound, ['S0.01']), 'here twice'],
        [faults('ASKED("S0.01", "units")', ['S0.01']), 'S0.01 has no place'],
        [faults(`${sound}PAGES("a.html")`, ['S0.01']), 'is no row'],
        [judge(page, wordsOf('<main><p>Units\n&amp; <b>sites</b></main>')), ''],
        [judge(page, wordsOf('<main><p>Units</main><p>&amp; sites')), "does not say 'Units & sites'"],
        [judge(page, undefined), 'there is no page'],
        [judge({ ...page, texts: [] }, 'Units'), 'needs a text'],
    ];
    for (const [said, expected] of tries)
        count(expected === '' ? said : said.includes(expected) ? '' : `nothing said '${expected}'`, 1);
}

function run(continuo, site) {
    const rows = readRows(readFileSync(def, 'utf8'), (line, fault) => count(fault, line));
    checkIds(rows, expectedIds, (line, fault) => count(fault, line));
    const waiting = [];
    for (const row of rows) {
        for (const place of row.places) {
            const fault = judge(place, wordsAt(continuo, site, place));
            if (!place.waits)
                count(fault && `${row.id} (${row.asks}): ${fault}`, place.line);
            else
                waiting.push(`${row.id} ${fault ? 'waits for' : 'waits no longer for'} ${place.kind.toLowerCase()} '${place.where}'`);
        }
    }
    for (const words of waiting)
        console.log(words);
}

tryJudge();
run(...process.argv.slice(2));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
