// audience, editions: what an audience may not see changes no byte of what is published for it.
//
//   editions.mjs PROGRAM
//
// A small organisation publishes two editions twice: once with everything that staff may not see
// (documents and the approvals, pictures, people around them), once without. What staff gets must be the
// same to the last byte: pages, paper with its signatures (RSA signs the same bytes alike), lists, pointers,
// what changed, the record of the edition, the log of a build of theirs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Workspace, check, documentText, filesBelow, finish, makeKey, openRecords, place, png, program, publish, run, settings } from '../edition/small.mjs';

const closedRecords = {
    'person/closed.yaml': '- {id: PER-900, title: Zz Hidden, class: restricted}\n',
    'role/closed.yaml': '- {id: ROL-900, title: Zz Hidden role, kind: governance, class: restricted, holder: PER-900, reports_to: ROL-001}\n',
    'acknowledgement/closed.yaml': '- {id: ACK-900, title: Bo, class: restricted, document: GUI-001, version: "1.0", person: PER-002, date: 2026-06-04}\n',
    'waiver/closed.yaml': '- {id: WAV-900, title: W, class: confidential, check: DC3, record: GUI-001, reason: none, approver: ROL-900, expires: 2027-01-01}\n',
    'disposition/closed.yaml': '- {id: DSP-900, title: D, class: restricted, what: Old books, rule: RET-001, due: 2026-06-01, done_on: 2026-06-02, by: ROL-900}\n',
};

const seen = '\n\n![the plan](plan.png)';

function first() {
    const w = new Workspace('first');
    w.put('continuo.yaml', settings);
    for (const [path, text] of Object.entries({ ...openRecords, ...closedRecords }))
        w.put(`records/${path}`, text);
    const copies = 'acknowledge: yes\ncopies:\n  - {no: 1, holder: ROL-002, issued_on: 2026-06-03, issued_version: "1.0"}\n';
    w.issue('2026-06-03', [
        ['KEP-001', { version: '1.0', class: 'restricted', body: 'Is referred to.' }],
        ['GUI-001', { version: '1.0', more: copies, body: `Walk. [[KEP-001]].${seen}` }, png],
        ['OLD-001', { version: '1.0', body: 'As it was.' }],
        ['RAI-001', { version: '1.0', body: 'Open for now.' }],
        ['LOW-001', { version: '1.0', class: 'confidential', body: 'Closed for now.' }],
        ['XCL-001', { version: '1.0', class: 'restricted', more: 'supersedes: [OLD-001]\n', body: `Secret.${seen}` }, png],
        ['XCL-002', { version: '1.0', class: 'confidential', body: 'Leaves soon.' }],
    ]);
    // A next version is being written; staff read the one that was approved.
    w.write('OLD-001', { version: '1.1', body: 'NOTYETAPPROVED.' });
    w.write('DRA-001', { version: '1.0', body: 'Never approved.' });
    return w;
}

function second(before) {
    const w = new Workspace('second', before);
    w.issue('2026-06-06', [
        ['GUI-001', { version: '1.1', body: `Run. [[KEP-001]].${seen}` }, Buffer.concat([png])],
        ['RAI-001', { version: '1.1', class: 'confidential', body: 'Closed from now on.' }],
        ['LOW-001', { version: '1.1', body: 'Open from now on.' }],
        ['XCL-003', { version: '1.0', class: 'restricted', body: 'More.' }],
    ]);
    w.edit('documents/xcl-002/xcl-002.md', 'revisions:', 'withdrawn_on: 2026-06-05\nwithdrawn_reason: over\nrevisions:');
    w.put('records/disposition/more.yaml', '- {id: DSP-901, title: E, class: confidential, what: Books, rule: RET-001, due: 2026-07-20}\n');
    return w;
}

// The same without what staff may not see; what is referred to stays, as another thing.
function bare(name, from, ids) {
    const w = new Workspace(name, from);
    for (const id of ids)
        w.forget(id);
    for (const path of [...Object.keys(closedRecords), 'disposition/more.yaml'])
        w.remove(`records/${path}`);
    w.forget('KEP-001');
    w.put('documents/other.md', documentText('KEP-001', { version: '1.1', class: 'confidential', body: 'Other words.' }));
    w.edit('records/person.yaml', ', out_of_band: OUTOFBAND', '');
    w.edit('records/organisation.yaml', 'title: Harbourlight', 'title: Parent of nobody');
    w.edit('documents/gui-001/gui-001.md', 'holder: ROL-002', 'holder: ROL-001');
    w.edit('approved/gui-001/1.0.md', 'holder: ROL-002', 'holder: ROL-001');
    return w;
}

// -- Publishing and comparing ------------------------------------------------------------------------

function logOf(w, site, day) {
    const r = run(program, ['build', '--audience', 'staff', '--as-of', day, '-C', w.folder, '-o', site]);
    return `${r.status} ${r.out}${r.err}`.replaceAll(site, 'SITE').replaceAll(w.folder, 'W').replace(/in \d+\.\d\d s/g, 'in a while');
}

function differences(one, other) {
    const a = filesBelow(one), b = filesBelow(other);
    return [...a.filter((p) => !b.includes(p)).map((p) => `only with: ${p}`), ...b.filter((p) => !a.includes(p)).map((p) => `only without: ${p}`),
        ...a.filter((p) => b.includes(p) && !readFileSync(join(one, p)).equals(readFileSync(join(other, p))))];
}

function compare(full, other, what) {
    for (const [audience, wanted] of [['staff', true], ['audit', false]]) {
        const found = differences(join(full, audience), join(other, audience));
        check((found.length === 0) === wanted, `${what}: ${audience} ${wanted ? 'has other bytes' : 'shows nothing of it'}`, found.join('\n'));
    }
}

makeKey();
const sites = { full: join(place, 'site-full'), bare: join(place, 'site-bare') };
const one = first(), two = second(one);
const bareOne = bare('bare-one', one, ['LOW-001', 'XCL-001', 'XCL-002']), bareTwo = bare('bare-two', two, ['RAI-001', 'XCL-001', 'XCL-002', 'XCL-003']);
for (const [edition, day, full, without] of [['1', '2026-06-05', one, bareOne], ['2', '2026-06-30', two, bareTwo]]) {
    for (const [w, site] of [[full, sites.full], [without, sites.bare]]) {
        const r = publish(w, site, edition, day, '--with-drafts');
        check(r.status === 0, `edition ${edition} is published`, r.out + r.err);
    }
    compare(sites.full, sites.bare, `edition ${edition}`);
}
check(logOf(two, sites.full, '2026-07-01') === logOf(bareTwo, sites.bare, '2026-07-01'), 'the log of a build for staff', `${logOf(two, sites.full, '2026-07-01')}\n${logOf(bareTwo, sites.bare, '2026-07-01')}`);
compare(sites.full, sites.bare, 'the draft after both');
const words = filesBelow(join(sites.full, 'staff')).filter((p) => /NOTYETAPPROVED|Zz Hidden|Harbourlight/.test(readFileSync(join(sites.full, 'staff', p), 'latin1')));
check(words.filter((p) => !p.startsWith('draft/')).length === 0, 'no closed word is in an edition of staff', words.join('\n'));

// The operator is told that an id is taken twice; staff see the one that is theirs, and who approved it.
two.put('documents/aaa/taken.md', documentText('GUI-001', { version: '1.0', class: 'restricted', body: 'Another thing.' }));
check(logOf(two, sites.full, '2026-07-01') === logOf(bareTwo, sites.bare, '2026-07-01'), 'the log of a build for staff, an id taken twice', logOf(two, sites.full, '2026-07-01'));
compare(sites.full, sites.bare, 'the draft, an id taken twice');
finish();
