// edition: the example is published twice, as its controller would, and what came out is judged by
// tools that are not ours: sha256sum, openssl, pdfsig, qpdf.
//
//   all.mjs PROGRAM
//
// Then the readers' side (which edition is in force, what is gone, what the paper says) and what
// must be refused. Everything happens in a temporary folder, with the demonstration key.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as browsing from '../browser/lib.mjs';
import { lookAtAll } from '../browser/look.mjs';
import { validate } from '../browser/vnu.mjs';
import { change, prepare } from './story.mjs';

const program = resolve(process.argv[2]);
const place = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'continuo-edition-'));
const workspace = join(place, 'workspace'), site = join(place, 'site'), key = join(place, 'key');
const audiences = ['staff', 'crisis', 'audit'];
const tally = { passed: 0, failed: 0 };

function check(fine, message, found = '') {
    tally[fine ? 'passed' : 'failed']++;
    if (!fine)
        console.log(`FAIL ${message}${found ? `: ${String(found).slice(0, 600)}` : ''}`);
    return fine;
}

function run(command, args, options = {}) {
    const r = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
    return { status: r.status, out: r.stdout ?? '', err: r.stderr ?? '' };
}

const signed = ['--key', join(key, 'key.pem'), '--cert', join(key, 'cert.pem')];
const continuo = (...args) => run(program, args);
const publish = (edition, ...more) => continuo('publish', edition, '-C', workspace, '-o', site, ...signed, ...more);

function filesBelow(folder, below = '') {
    return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
        const path = below ? `${below}/${entry.name}` : entry.name;
        return entry.isDirectory() ? filesBelow(folder, path) : [path];
    }).sort();
}

const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const print = (folder) => filesBelow(folder).map((path) => `${sha256(readFileSync(join(folder, path)))} ${path}`).join('\n');

function edit(path, from, to) {
    const file = join(workspace, 'content', path), text = readFileSync(file, 'utf8');
    if (!text.includes(from))
        throw new Error(`${path} has no '${from}'`);
    writeFileSync(file, text.replace(from, to));
}

// -- Tools that are not ours ------------------------------------------------------------------

function judgeList(folder, name) {
    const r = run('sha256sum', ['--check', '--quiet', '--strict', 'SHA256SUMS'], { cwd: folder });
    check(r.status === 0, `${name}: sha256sum accepts the list`, r.out + r.err);
    const listed = readFileSync(join(folder, 'SHA256SUMS'), 'utf8').trimEnd().split('\n').map((line) => line.slice(66));
    const there = filesBelow(folder).filter((path) => !['SHA256SUMS', 'edition.json', 'edition.json.p7s'].includes(path));
    check(listed.join() === there.join(), `${name}: the list names every file, in order`);
    return listed;
}

function judgeSignature(folder, name) {
    const r = run('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', 'edition.json.p7s', '-content', 'edition.json',
        '-CAfile', join(key, 'cert.pem'), '-purpose', 'any', '-out', '/dev/null'], { cwd: folder });
    check(r.status === 0, `${name}: openssl accepts the signature`, r.err);
    const record = JSON.parse(readFileSync(join(folder, 'edition.json'), 'utf8'));
    check(record.manifest === sha256(readFileSync(join(folder, 'SHA256SUMS'))), `${name}: the record names the list`);
    return record;
}

function judgeLedger(count) {
    const lines = readFileSync(join(site, 'ledger.jsonl'), 'utf8').split(/(?<=\n)/);
    check(lines.length === count, `the ledger has ${count} lines`, lines.length);
    lines.forEach((line, i) => {
        const content = join(place, 'line');
        writeFileSync(content, line);
        const r = run('openssl', ['cms', '-verify', '-binary', '-inform', 'DER', '-in', join(site, 'ledger', `${i + 1}.p7s`), '-content', content,
            '-CAfile', join(key, 'cert.pem'), '-purpose', 'any', '-out', '/dev/null']);
        check(r.status === 0, `openssl accepts the signature of line ${i + 1} of the ledger`, r.err);
        const entry = JSON.parse(line);
        check(entry.previous === (i ? sha256(lines[i - 1]) : '0'.repeat(64)), `line ${i + 1} of the ledger names the line before`);
        for (const [audience, hash] of Object.entries(entry.editions))
            check(hash === sha256(readFileSync(join(site, audience, entry.edition, 'edition.json'))), `line ${i + 1} of the ledger names the record of ${audience}`);
    });
}

function judgePaper(folder, name, paths) {
    for (const path of paths.filter((p) => p.endsWith('.pdf'))) {
        const file = join(folder, path), seal = run('pdfsig', [file]).out, whole = run('qpdf', ['--check', file]);
        if (path.startsWith('forms/')) // to be filled in: only the list vouches for them
            check(/does not contain any signatures/.test(seal) && !/DEMO KEY|DRAFT/.test(run('pdftotext', [file, '-']).out), `${name}/${path}: has no seal and claims none`, seal);
        else
            check(/Signature is Valid/.test(seal) && /Total document signed/.test(seal) && !/Signature #2/.test(seal), `${name}/${path}: pdfsig accepts the one signature`, seal);
        check(whole.status === 0 && !/WARNING/.test(whole.out + whole.err), `${name}/${path}: qpdf finds nothing`, whole.out + whole.err);
    }
}

function judgeEdition(audience, edition) {
    const folder = join(site, audience, edition), name = `${audience}/${edition}`;
    const paths = judgeList(folder, name), record = judgeSignature(folder, name);
    check(record.edition === edition && record.audience === audience && record.demo === true, `${name}: the record says what it is`);
    check(record.files === paths.length && record.pdfs === paths.filter((p) => p.endsWith('.pdf') && !p.startsWith('forms/')).length, `${name}: the record counts what is there`);
    const open = paths.filter((p) => statSync(join(folder, p)).mode & 0o222);
    check(open.length === 0, `${name}: no file can be written to`, open[0]);
    return paths;
}

// -- Texts, approvals, classes -----------------------------------------------------------------

function judgeApprovals(audience, edition) {
    const folder = join(site, audience, edition), name = `${audience}/${edition}`;
    const statements = readdirSync(join(folder, 'approvals')).filter((n) => n.endsWith('.txt'));
    check(statements.length > 5, `${name}: has statements of approval`, statements.length);
    for (const statement of statements) {
        const says = Object.fromEntries(readFileSync(join(folder, 'approvals', statement), 'utf8').trimEnd().split('\n').slice(1).map((line) => line.split(/: (.*)/s)));
        const text = readFileSync(join(folder, 'source', statement.replace(/txt$/, 'md')));
        check(says.text === sha256(text), `${name}: ${statement} binds the text that is issued`);
    }
    const pages = readdirSync(join(folder, 'd')).filter((n) => n.endsWith('.html')).length;
    check(readdirSync(join(folder, 'source')).filter((n) => n.endsWith('.rendered.md')).length === pages, `${name}: has the text of every document`);
}

function judgeMarks(audience, edition) {
    const folder = join(site, audience, edition);
    const text = execFileSync('pdftotext', ['-layout', join(folder, 'd/bcp-001.pdf'), '-'], { encoding: 'utf8' });
    const sheets = text.split('\f').slice(0, -1);
    check(sheets.length > 2 && sheets.every((s) => s.includes('DEMO KEY')), `${audience}/${edition}: every sheet says that the key is for show`);
    check(!/\bDRAFT\b/.test(text), `${audience}/${edition}: an approved document is no draft`);
    check(/continuity\.harbourlight\.example\/.*to\/bcp-001/.test(text), `${audience}/${edition}: the first sheet has the permanent address`);
    const keys = filesBelow(site).filter((p) => readFileSync(join(site, p)).includes('PRIVATE KEY'));
    check(keys.length === 0, 'no key is in what was published', keys[0]);
}

// -- What must be refused ------------------------------------------------------------------------

function refuse(what, result, status, words) {
    check(result.status === status && words.test(result.err), `refused: ${what}`, `status ${result.status}: ${result.err}`);
    check(!readdirSync(join(site, 'staff')).some((n) => n.endsWith('.new')), `refused: ${what}: nothing is left behind`);
}

function judgeRefusals() {
    const before = print(site);
    refuse('an edition that exists', publish('2026.2', '--as-of', '2026-07-01'), 1, /PB1/);
    refuse('a bad id', publish('../x', '--as-of', '2026-07-01'), 1, /PB2/);
    refuse('an earlier day', publish('2026.9', '--as-of', '2026-06-29'), 1, /PB3|X6/);
    refuse('no key', continuo('publish', '2026.9', '-C', workspace, '-o', site), 2, /key/);
    const page = join(site, 'staff/2026.2/index.html'), text = readFileSync(page);
    chmodSync(page, 0o644);
    writeFileSync(page, `${text} `);
    refuse('an archive that was changed', publish('2026.3', '--as-of', '2026-07-01'), 1, /index\.html: error\[PB4\]/);
    writeFileSync(page, text);
    chmodSync(page, 0o444);
    check(print(site) === before, 'what was refused changed nothing');
}

// -- Readers -------------------------------------------------------------------------------------

// The words come from the style sheet beside the editions.
const saysWhichHolds = () => getComputedStyle(document.querySelector('.superseded strong'), '::before').content;

async function look(browser, path, script = true) {
    const context = await browser.newContext({ javaScriptEnabled: script });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(site, path)).href);
    await page.waitForTimeout(200);
    const found = { url: page.url(), text: await page.innerText('body'), banner: await page.locator('.superseded').isVisible() && await page.evaluate(saysWhichHolds) };
    await context.close();
    return found;
}

async function judgeReaders() {
    const browser = await browsing.launch();
    try {
        const old = await look(browser, 'staff/2026.1/d/gui-001.html'), fresh = await look(browser, 'staff/2026.2/d/gui-001.html');
        check(/^"Superseded by edition 2026\.2"$/.test(old.banner), 'an old edition says that it is superseded, from disk', old.banner);
        check(!fresh.banner, 'the edition in force does not');
        const silent = await look(browser, 'staff/2026.1/d/gui-001.html', false);
        check(silent.banner === old.banner && /Go to the edition in force/.test(silent.text), 'and without scripts');
        const entry = await look(browser, 'staff/index.html', false), address = await look(browser, 'staff/to/gui-001/index.html', false);
        check(/staff\/2026\.2\/index\.html$/.test(entry.url), 'the entry leads to the edition in force', entry.url);
        check(/staff\/2026\.2\/d\/gui-001\.html$/.test(address.url), 'a permanent address leads to the page in force', address.url);
        const gone = await look(browser, 'staff/to/old-001/index.html', false);
        check(/OLD-001 is not here any more/.test(gone.text) && /2026\.1/.test(gone.text), 'the address of what is gone says so', gone.text.slice(0, 200));
    } finally {
        await browser.close();
    }
}

// The pages that only an edition has, in the one that is superseded and the one in force, and
// those outside the editions: from disk, over http, without scripts, by axe and by vnu.
async function judgePages() {
    const folder = join(site, 'audit'), server = await browsing.serve(folder), browser = await browsing.launch();
    const some = ['2026.1/index.html', '2026.1/d/gui-001.html', ...['index', 'editions/index', 'audit/control', 'd/gui-001'].map((page) => `2026.2/${page}.html`)];
    const changes = filesBelow(join(folder, '2026.2/changes')).filter((p) => p.endsWith('.html')).map((p) => `2026.2/changes/${p}`);
    check(changes.length >= 3, 'the second edition has pages of changes', changes.join());
    const paths = [...some, ...changes, 'to/old-001/index.html'];
    try {
        await lookAtAll(browser, folder, server, paths);
        await validate(folder, [...paths, 'index.html', 'to/gui-001/index.html']);
    } finally {
        await browser.close();
        server.stop();
    }
    tally.passed += browsing.tally.passed;
    tally.failed += browsing.tally.failed;
}

// Every link inside an edition and out of it leads to a file, and to a place in it.
function judgeLinks(audience) {
    const folder = join(site, audience), bad = new Set();
    const pages = new Map(filesBelow(folder).filter((p) => p.endsWith('.html')).map((p) => [p, readFileSync(join(folder, p), 'utf8')]));
    const ids = new Map();
    const has = (path, id) => {
        if (!ids.has(path))
            ids.set(path, new Set([...pages.get(path).matchAll(/ id="([^"]*)"/g)].map((m) => m[1])));
        return ids.get(path).has(id);
    };
    for (const [path, text] of pages)
        for (const [, href] of text.matchAll(/(?:href|src|content)="(?:0; url=)?([^":]+\.html(?:#[^"]*)?|[^":]*\.(?:css|js|pdf|csv|json|svg|png|txt|md|p7s)|#[^"]*)"/g)) {
            const [to, id] = href.split('#'), target = to ? posix.join(posix.dirname(path), to) : path;
            if (!existsSync(join(folder, target)) || (id && pages.has(target) && !has(target, id)))
                bad.add(`${path}: ${href}`);
        }
    check(pages.size > 1000 && bad.size === 0, `${audience}: links lead somewhere`, [...bad].slice(0, 5).join('; '));
}

// -- The story -----------------------------------------------------------------------------------

try {
    run('sh', ['.ci/demo-key', key]);
    cpSync('content', join(workspace, 'content'), { recursive: true });
    prepare({ workspace, continuo, check });
    let r = publish('2026.1');
    check(r.status === 0, 'the first edition is published', r.err);
    judgeEdition('audit', '2026.1');
    const first = Object.fromEntries(audiences.map((a) => [a, print(join(site, a, '2026.1'))]));

    // Between the editions one text changes and is approved again, and a document goes.
    change({ edit, workspace, continuo, check });
    r = publish('2026.2', '--as-of', '2026-07-01');
    check(r.status === 0, 'the second edition is published', r.err);
    for (const audience of audiences) {
        check(print(join(site, audience, '2026.1')) === first[audience], `${audience}: the first edition is as it was`);
        const paths = judgeEdition(audience, '2026.2');
        judgePaper(join(site, audience, '2026.2'), `${audience}/2026.2`, audience === 'audit' ? paths : paths.filter((_, i) => i % 8 === 0));
        judgeApprovals(audience, '2026.2');
    }
    judgeLedger(2);
    judgeMarks('audit', '2026.2');
    const shared = filesBelow(join(site, 'audit/2026.2')).filter((p) => statSync(join(site, 'audit/2026.2', p)).nlink > 1).length;
    check(shared > 50, 'files equal to those of the edition before share their blocks', shared);
    r = continuo('verify', site, '--trust', join(key, 'cert.pem'));
    check(r.status === 0 && /verified/.test(r.out + r.err), 'continuo verify accepts it all', r.out + r.err);
    judgeRefusals();
    await judgeReaders();
    for (const audience of audiences)
        judgeLinks(audience);
    await judgePages();
} finally {
    rmSync(place, { recursive: true, force: true });
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
