// edition, claims: what a published sheet or page says of itself is true.
//
//   claims.mjs PROGRAM
//
// Documents that are in force, superseded, withdrawn, changed since their approval, never approved: each
// on paper, as a page, with its proof, where its permanent address leads, and what the next edition says of it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Workspace, check, finish, makeKey, must, openRecords, place, png, program, publish, run, settings } from './small.mjs';

const site = join(place, 'site');
const day = '2026-06-06';

function paper(path) {
    return must('pdftotext', ['-layout', join(site, path), '-']).out.split('\f').slice(0, -1);
}

// What a telephone reads on the first sheet of a document.
function code(path) {
    must('pdftoppm', ['-r', '100', '-l', '1', '-singlefile', '-png', join(site, path), join(place, 'first')]);
    return run('zbarimg', ['-q', '--raw', join(place, 'first.png')]).out.trim();
}

function judge(edition, id, { mark, text, by, valid }) {
    const name = id.toLowerCase(), where = `audit/${edition}`, sheets = paper(`${where}/d/${name}.pdf`);
    const page = readFileSync(join(site, where, `d/${name}.html`), 'utf8');
    const strip = [...page.matchAll(/<strong class="state">([^<]*)/g)].map((m) => m[1]).join(' ');
    const all = ['DRAFT', 'WITHDRAWN', 'SUPERSEDED'];
    for (const word of all) {
        check(sheets.every((s) => new RegExp(`\\b${word}\\b`).test(s) === mark.includes(word)), `${id}: its sheets ${mark.includes(word) ? '' : 'do not '}say ${word}`, sheets[0]);
        check(strip.includes(word) === mark.includes(word), `${id}: its page ${mark.includes(word) ? 'says' : 'does not say'} ${word}`, strip);
    }
    check(sheets[0].includes(text) && page.includes(text), `${id}: the text is '${text}'`, sheets[0]);
    check(/Approved by\s+Chief/.test(sheets.join('')) === by, `${id}: ${by ? 'names' : 'does not name'} who approved it`, sheets[0]);
    check(sheets.some((s) => s.includes('Valid until')) === valid, `${id}: ${valid ? 'says' : 'does not say'} until when it is valid`);
    const hash = readFileSync(join(site, where, `data/document.csv`), 'utf8').split('\n').find((line) => line.startsWith(id))?.match(/[0-9a-f]{64}/)?.[0];
    check(hash && sheets.every((s) => s.includes(`Hash ${hash.slice(0, 8)}`)), `${id}: each foot has the hash of the text that the register names`, sheets[0]);
    const address = code(`${where}/d/${name}.pdf`);
    check(address === `https://portal.example/audit/to/${name}/`, `${id}: its code leads to what is in force`, address);
    check(existsSync(join(site, where, `approvals/${name}.txt`)) === by, `${id}: ${by ? 'has' : 'does not have'} a statement of approval`);
}

makeKey();
const w = new Workspace('content');
w.put('continuo.yaml', `${settings}address: https://portal.example/\n`);
for (const [path, text] of Object.entries(openRecords))
    w.put(`records/${path}`, text);
w.put('records/issue.yaml', '- {id: ISS-001, title: T, class: restricted, kind: internal, theme: other, effect: Once.}\n');
w.put('documents/pic-001/way.png', png);
w.issue('2026-06-03', [
    ['GUI-001', { version: '1.0', body: 'Walk.' }],
    ['OLD-001', { version: '1.0', body: 'As it was.' }],
    ['WIT-001', { version: '1.0', body: 'As it was approved.' }],
    ['CHA-001', { version: '1.0', body: 'As it was read.' }],
    ['PIC-001', { version: '1.0', body: 'A way out.\n\n{{#person.PER-001.out_of_band}}\n![the way](way.png)\n{{/person.PER-001.out_of_band}}' }],
    ['GON-001', { version: '1.0', body: 'Not for long.' }],
    ['NEW-001', { version: '1.0', more: 'supersedes: [OLD-001]\n', body: 'As it is.' }],
]);
w.write('OLD-001', { version: '1.1', body: 'NOBODY approved this.' });
w.write('WIT-001', { version: '1.0', more: 'withdrawn_on: 2026-06-04\nwithdrawn_reason: over\n', body: 'NOBODY approved this.' });
w.write('CHA-001', { version: '1.0', body: 'NOBODY approved this.' });
w.write('DRA-001', { version: '1.0', body: 'Never approved ![a plan](plan.png)' }, png);
let r = publish(w, site, '1', day, '--with-drafts');
check(r.status === 0, 'the first edition is published', r.err);
judge('1', 'GUI-001', { mark: '', text: 'Walk.', by: true, valid: true });
judge('1', 'OLD-001', { mark: 'SUPERSEDED', text: 'As it was.', by: true, valid: false });
judge('1', 'WIT-001', { mark: 'WITHDRAWN', text: 'As it was approved.', by: true, valid: false });
judge('1', 'CHA-001', { mark: '', text: 'As it was read.', by: true, valid: true });
judge('1', 'DRA-001', { mark: 'DRAFT', text: 'Never approved', by: false, valid: false });
const sealed = ['d', 'registers'].flatMap((folder) => readdirSync(join(site, 'audit/1', folder)).filter((f) => f.endsWith('.pdf')).map((f) => join(site, 'audit/1', folder, f)));
const judged = run('node', [fileURLToPath(new URL('../pdf/judge.mjs', import.meta.url)), ...sealed]);
check(sealed.length > 10 && judged.status === 0, 'sealed sheets keep the rules of PDF/A and PDF/UA', judged.out + judged.err);
const guides = readFileSync(join(site, 'audit/1/staff/index.html'), 'utf8');
check(guides.includes('Guide GUI-001') && !/Guide (OLD|WIT)-001/.test(guides), 'staff are not given a guide that is over');
const clauses = (audience) => readFileSync(join(site, audience, '1/audit/index.html'), 'utf8');
check(/>Nothing</.test(clauses('audit')) && />Not in this copy</.test(clauses('staff')) && !/>Nothing</.test(clauses('staff')), 'of what it lacks a copy says no more than that');

// Documents that staff may see and a record that they may not: the summary is as close as what it quotes.
w.put('records/issue.yaml', '- {id: ISS-001, title: T, class: restricted, kind: internal, theme: other, effect: Twice.}\n');
w.forget('GON-001');
r = publish(w, site, '2', day, '--with-drafts');
check(r.status === 0, 'the second edition is published', r.err);
const summary = paper('audit/2/changes/changes.pdf');
check(summary.join('').includes('Twice') && summary.every((s) => /\brestricted\b/.test(s)), 'what changed is as close as the record it quotes', summary[0]);
const gone = readFileSync(join(site, 'staff/to/gon-001/index.html'), 'utf8');
check(/GON-001 is not here any more/.test(gone) && gone.includes('../../1/d/gon-001.html'), 'the address of what is gone leads to where it was', gone);
check(existsSync(join(site, 'audit/2/d/pic-001/way.png')) && !existsSync(join(site, 'staff/2/d/pic-001/way.png')), 'a section hides its picture from staff');
r = run(program, ['verify', site]);
check(r.status === 0, 'continuo verify accepts it all', r.out + r.err);
finish();
