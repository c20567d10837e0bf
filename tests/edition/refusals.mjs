// edition/refusals: whatever may go wrong around `continuo publish`, one row a mishap.
//
//   refusals.mjs PROGRAM TSA
//
// A row says what happens, which exit status and words must come, and that the archive is then
// what it was, byte for byte. SHOW=1 prints what was said.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { appendFileSync, chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readFileSync, readdirSync,
    readlinkSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const [program, tsa] = process.argv.slice(2).map((path) => resolve(path));
const place = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'continuo-refusals-'));
const workspace = join(place, 'workspace'), site = join(place, 'site'), keys = join(place, 'keys');
const environment = { ...process.env, SOFTHSM2_CONF: join(keys, 'softhsm.conf'), no_proxy: '127.0.0.1', LC_ALL: 'C' };
const isRoot = process.getuid() === 0, nobody = 65534;
const tally = { passed: 0, failed: 0 };

function check(fine, message, found = '') {
    tally[fine ? 'passed' : 'failed']++;
    if (!fine)
        console.log(`FAIL ${message}${found ? `: ${String(found).slice(0, 800)}` : ''}`);
}

function run(args, { secret, ...options } = {}) {
    const fd = secret ? openSync(join(keys, secret), 'r') : undefined;
    const r = spawnSync(program, args, { encoding: 'utf8', env: environment, stdio: ['ignore', 'pipe', 'pipe', fd ?? 'ignore'], ...options });
    if (fd !== undefined)
        closeSync(fd);
    return { status: r.status, signal: r.signal, said: `${r.stderr ?? ''}${r.stdout ?? ''}` };
}

const pair = (name) => ['--key', join(keys, `${name}.key`), '--cert', join(keys, `${name}.pem`)];
const words = (edition, day, folder = site) => ['publish', edition, '-C', workspace, '-o', folder, '--as-of', day];
const publish = (edition, options = {}) =>
    run([...words(edition, options.day ?? '2026-07-02', options.folder), ...(options.key ?? pair('ec'))], options);
const verify = (folder) => run(['verify', folder, '-q', '--trust', join(keys, 'all.pem')]);

function print(folder, below = '') {
    return readdirSync(join(folder, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).map((entry) => {
        const path = join(below, entry.name);
        if (entry.isDirectory())
            return `${path}/\n${print(folder, path)}`;
        return `${path} ${entry.isSymbolicLink() ? readlinkSync(join(folder, path)) : createHash('sha256').update(readFileSync(join(folder, path))).digest('hex')}\n`;
    }).join('');
}

// A finding names its place and the way out; a wrong command line names the help.
function refuse(what, r, status, pattern, folder = site, before = undefined) {
    if (process.env.SHOW)
        console.log(`-- ${what}: ${r.status ?? r.signal}\n${r.said}`);
    check(r.status === status, `${what}: status ${status}`, `${r.status ?? r.signal}: ${r.said}`);
    check(pattern.test(r.said), `${what}: says ${pattern}`, r.said);
    check(/= help: |--help'/.test(r.said), `${what}: tells the way out`, r.said);
    if (before !== undefined)
        check(print(folder) === before, `${what}: the archive is what it was`);
}

function accept(what, r, folder) {
    if (process.env.SHOW)
        console.log(`-- ${what}: ${r.status ?? r.signal}\n${r.said}`);
    check(r.status === 0 && /^published edition /m.test(r.said), `${what}: is published`, `${r.status ?? r.signal}: ${r.said}`);
    const v = verify(folder);
    check(v.status === 0, `${what}: is verified`, v.said);
}

const copied = (folder) => {
    const copy = join(place, 'copy');
    rmSync(copy, { recursive: true, force: true });
    cpSync(folder, copy, { recursive: true });
    return copy;
};

// -- The workspace --------------------------------------------------------------------------------

const policy = `---
id: POL-001
title: "Kontinuität – “weiter” 継続"
kind: policy
class: internal
version: "1.0"
version_date: 2026-05-04
prepared_by: ROL-002
approver: ROL-001
owner: ROL-002
distribution: ROL-001
next_review: 2027-05-04
retention: RET-001
revisions: [{date: 2026-05-04, version: "1.0", by: ROL-002, text: First issue}]
---
# Purpose

We go on.
`;

const settings = (audiences, more = 'as_of: 2026-06-30\n') => `title: Test\n${more}audiences:\n${audiences.map(([id, clearance]) => `  - {id: ${id}, title: "${id}", clearance: ${clearance}}\n`).join('')}`;
const write = (path, text) => {
    mkdirSync(join(workspace, 'content', path, '..'), { recursive: true });
    writeFileSync(join(workspace, 'content', path), text);
};
const audiences = [['staff', 'internal'], ['audit', 'restricted']];

function prepare() {
    mkdirSync(keys);
    const r = spawnSync('tests/sign/keys.sh', [keys], { encoding: 'utf8' });
    check(r.status === 0, 'keys, certificates and a token', r.stderr);
    writeFileSync(join(keys, 'all.pem'), ['ec', 'rsa'].map((name) => readFileSync(join(keys, `${name}.pem`), 'utf8')).join(''));
    writeFileSync(join(keys, 'empty'), '');
    write('continuo.yaml', settings(audiences));
    write('records/role.yaml', '- {id: ROL-001, title: Chief, kind: governance, holder: PER-001}\n- {id: ROL-002, title: Manager, kind: governance, reports_to: ROL-001, holder: PER-002}\n');
    write('records/person.yaml', '- {id: PER-001, title: Ann Lee}\n- {id: PER-002, title: Bo Quist}\n');
    write('records/retention_rule.yaml', '- {id: RET-001, title: Documents, record_kind: Documents, keep: Ten years}\n');
    write('documents/policy.md', policy);
    const unapproved = publish('2026.1');
    refuse('a text that nobody approved', unapproved, 1, /policy\.md:\d+:\d+: error\[DC1\]/);
    const approved = run(['approve', 'POL-001', '--as', 'ROL-001', '--as-of', '2026-06-01', '-C', workspace]);
    check(approved.status === 0, 'the policy is approved', approved.said);
    accept('the first edition', publish('2026.1', { day: '2026-07-01' }), site);
}

// -- Keys -----------------------------------------------------------------------------------------

const file = (name) => join(keys, name), fd = ['--passphrase-fd', '3'];
let token = '';

function judgeKeys() {
    token = `module-path=${spawnSync('find', ['/usr/lib', '-name', 'libsofthsm2.so'], { encoding: 'utf8' }).stdout.split('\n')[0]}`;
    const uri = (object, label = 'test') => `pkcs11:token=${label};object=${object}?${token}`;
    const before = print(site);
    for (const [name, rule] of Object.entries({ expired: 7, future: 7, server: 8, encipher: 8, weak: 2, curve: 2, edwards: 2, root: 9 }))
        refuse(`the certificate '${name}'`, publish('2026.2', { key: pair(name) }), 1, new RegExp(`${name}\\.(pem|key): error\\[SG${rule}\\]`), site, before);
    for (const [what, status, pattern, key, secret] of [
        ['no key', 2, /name a key/, []],
        ['a key without a certificate', 2, /--key needs/, pair('ec').slice(0, 2)],
        ['a certificate without a key', 2, /nothing is signed/, pair('ec').slice(2)],
        ['two keys', 2, /one key is enough/, [...pair('ec'), '--p12', file('rsa.p12')]],
        ['a key of another certificate', 1, /SG6/, ['--key', file('ec.key'), '--cert', file('rsa.pem')]],
        ['a key that is not there', 3, /nothing\.key.*No such file/, ['--key', file('nothing.key'), '--cert', file('ec.pem')]],
        ['a certificate that is not there', 3, /nothing\.pem.*No such file/, ['--key', file('ec.key'), '--cert', file('nothing.pem')]],
        ['a key that is empty', 1, /SG1/, ['--key', file('empty'), '--cert', file('ec.pem')]],
        ['a key that is a folder', 1, /tokens: error\[SG1\]/, ['--key', file('tokens'), '--cert', file('ec.pem')]],
        ['a certificate that is a key', 1, /SG5/, ['--key', file('ec.key'), '--cert', file('ec.key')]],
        ['a locked key, a wrong passphrase', 1, /SG3/, ['--key', file('locked.key'), '--cert', file('ec.pem'), ...fd], 'bad'],
        ['a locked key, an empty passphrase', 1, /SG[34]/, ['--key', file('locked.key'), '--cert', file('ec.pem'), ...fd], 'empty'],
        ['a locked key, no terminal', 1, /SG4/, ['--key', file('locked.key'), '--cert', file('ec.pem')]],
        ['a passphrase from nowhere', 1, /SG4/, ['--p12', file('rsa.p12'), '--passphrase-fd', '9']],
        ['a P12 that is none', 1, /SG1/, ['--p12', file('ec.pem')]],
        ['a P12, a wrong passphrase', 1, /SG3/, ['--p12', file('rsa.p12'), ...fd], 'bad'],
        ['a token, a wrong PIN', 1, /SG3/, ['--pkcs11', uri('ec'), ...fd], 'bad'],
        ['a token without the key', 1, /SG10/, ['--pkcs11', uri('nothing'), ...fd], 'pin'],
        ['a token that is not there', 1, /SG10/, ['--pkcs11', uri('ec', 'none'), ...fd], 'pin'],
        ['a token without its driver', 3, /nothing\.so/, ['--pkcs11', `pkcs11:token=test;object=ec?module-path=${file('nothing.so')}`, ...fd], 'pin'],
        ['no address of a token', 1, /SG10/, ['--pkcs11', 'slot 1', ...fd], 'pin'],
    ])
        refuse(what, publish('2026.2', { key, secret }), status, pattern, site, before);
    for (const [what, key, secret] of [
        ['a locked key', ['--key', file('locked.key'), '--cert', file('ec.pem'), ...fd], 'pass'],
        ['a P12', ['--p12', file('rsa.p12'), ...fd], 'pass'],
        ['a token', ['--pkcs11', uri('ec'), ...fd], 'pin'],
    ]) {
        const folder = copied(site);
        accept(what, publish('2026.2', { key, secret, folder }), folder);
    }
}

async function startStamps(...fault) {
    const server = spawn(tsa, [file('tsa.pem'), file('tsa.key'), ...fault], { stdio: ['ignore', 'pipe', 'ignore'] });
    const port = await new Promise((found) => server.stdout.once('data', (data) => found(String(data).trim())));
    return { server, address: `http://127.0.0.1:${port}/stamp` };
}

async function judgeStamps() {
    const before = print(site), key = (address) => [...pair('ec'), '--tsa', address];
    refuse('an authority that is not there', publish('2026.2', { key: key('http://127.0.0.1:1/') }), 1, /SG12.*127\.0\.0\.1:1/, site, before);
    refuse('an authority over https', publish('2026.2', { key: key('https://127.0.0.1/') }), 1, /SG11/, site, before);
    for (const [fault, rule] of Object.entries({ garbage: 12, hangup: 12, status: 12, reject: 13, imprint: 13 })) {
        const { server, address } = await startStamps(fault);
        refuse(`an authority that answers with '${fault}'`, publish('2026.2', { key: key(address) }), 1, new RegExp(`SG${rule}`), site, before);
        server.kill();
    }
    const { server, address } = await startStamps(), folder = copied(site);
    accept('an authority', publish('2026.2', { key: key(address), folder }), folder);
    server.kill();
}

// -- The archive ----------------------------------------------------------------------------------

function open(path) {
    chmodSync(path, 0o644);
    return path;
}
const damage = (path, change) => writeFileSync(open(path), change(readFileSync(path, 'utf8')));

function judgeArchive() {
    const old = (path) => (folder) => join(folder, 'staff/2026.1', path);
    const page = old('index.html');
    for (const [what, pattern, harm] of [
        ['a page edited', /staff\/2026\.1\/index\.html: error\[PB4\]/, (f) => damage(page(f), (text) => `${text} `)],
        ['a page cut off', /staff\/2026\.1\/index\.html: error\[PB4\]/, (f) => truncateSync(open(page(f)), 100)],
        ['a page removed', /staff\/2026\.1\/index\.html: error\[PB4\]/, (f) => rmSync(page(f))],
        ['a page that is a link', /staff\/2026\.1\/index\.html: error\[PB4\]/, (f) => (renameSync(page(f), join(f, 'x')), symlinkSync(join(f, 'x'), page(f)))],
        ['a file added', /staff\/2026\.1\/added\.html: error\[PB4\]/, (f) => writeFileSync(old('added.html')(f), '')],
        ['a folder added', /staff\/2026\.1\/added[^\n]*: error\[PB4\]/, (f) => mkdirSync(old('added')(f))],
        ['the list edited', /staff\/2026\.1\/SHA256SUMS: error\[PB4\]/, (f) => damage(old('SHA256SUMS')(f), (text) => text.replace('a', 'b'))],
        ['the record edited', /staff\/2026\.1\/edition\.json: error\[PB4\]/, (f) => damage(old('edition.json')(f), (text) => text.replace('2026-07-01', '2026-07-02'))],
        ['a signature removed', /edition\.json\.p7s: error\[PB4\]/, (f) => rmSync(old('edition.json.p7s')(f))],
        ['an edition removed', /staff\/2026\.1\/edition\.json: error\[PB4\]/, (f) => rmSync(old('')(f), { recursive: true })],
        ['an edition renamed', /staff\/2026\.\d\S*: error\[PB4\]/, (f) => renameSync(old('')(f), join(f, 'staff/2026.0'))],
        ['an edition of nobody', /staff\/2025\.9: error\[PB4\]/, (f) => mkdirSync(join(f, 'staff/2025.9'))],
        ['an audience removed', /audit\/2026\.1\/edition\.json: error\[PB4\]/, (f) => rmSync(join(f, 'audit'), { recursive: true })],
        ['the ledger edited', /ledger\.jsonl|edition\.json/, (f) => damage(join(f, 'ledger.jsonl'), (text) => text.replace('2026-07-01', '2026-07-02'))],
        ['the ledger cut off', /ledger\.jsonl: error\[PB4\]/, (f) => truncateSync(open(join(f, 'ledger.jsonl')), 80)],
        ['the ledger with a line too many', /ledger\.jsonl: error\[PB4\]/, (f) => appendFileSync(open(join(f, 'ledger.jsonl')), '{}\n')],
        ['the ledger removed', /error\[PB4\]/, (f) => rmSync(join(f, 'ledger.jsonl'))],
        ['the signature of a line removed', /ledger\/1\.p7s: error\[PB4\]/, (f) => rmSync(join(f, 'ledger/1.p7s'))],
        ['the signature of no line', /ledger\/7\.p7s: error\[PB4\]/, (f) => writeFileSync(join(f, 'ledger/7.p7s'), 'x')],
    ]) {
        const folder = copied(site);
        harm(folder);
        const before = print(folder);
        refuse(what, publish('2026.2', { folder }), 1, pattern, folder, before);
        check(verify(folder).status === 4, `${what}: verify sees it too`, verify(folder).said);
    }
    // What is no edition does not keep one from being published; what is not ours, verify names.
    for (const [what, status, harm] of [
        ['a draft that is a file', 4, (f) => writeFileSync(join(f, 'staff/draft'), 'x')],
        ['a draft that leads away', 4, (f) => symlinkSync('/', join(f, 'staff/draft'))],
        ['a draft that was left', 0, (f) => mkdirSync(join(f, 'staff/draft.new'))],
        ['addresses that were removed', 0, (f) => rmSync(join(f, 'staff/to'), { recursive: true })],
        ['an entry that was edited', 0, (f) => damage(join(f, 'staff/index.html'), () => 'gone')],
        ["other people's folder", 4, (f) => (mkdirSync(join(f, 'photos')), writeFileSync(join(f, 'photos/a.jpg'), ''))],
    ]) {
        const folder = copied(site);
        harm(folder);
        const r = publish('2026.2', { folder });
        if (process.env.SHOW)
            console.log(`-- ${what}: ${r.status}\n${r.said}`);
        check(r.status === 0, `${what}: is no obstacle`, r.said);
        check(verify(folder).status === status, `${what}: verify ends with ${status}`, verify(folder).said);
    }
}

function judgeNames() {
    const before = print(site);
    refuse('an edition that exists', publish('2026.1'), 1, /PB1.*2026\.1/, site, before);
    refuse('a day before the last edition', publish('2026.2', { day: '2026-06-30' }), 1, /PB3.*2026-06-30.*2026-07-01/, site, before);
    for (const id of ['', '../x', 'a/b', '.2026', '2026.', 'Draft', 'draft', 'to', 'ledger', 'x.new', '2026 1', 'März', '継続', 'x'.repeat(33), 'x'.repeat(5000)])
        refuse(`an edition '${id.slice(0, 40)}'`, publish(id), 1, /PB2/, site, before);
    refuse('no edition', run(['publish', '-C', workspace, '-o', site, ...pair('ec')]), 2, /name one edition/, site, before);
    const deep = join(place, 'd'.repeat(255), 'e'.repeat(255));
    accept('a folder with a very long name', publish('2026.1', { folder: deep }), deep);
    const strange = join(place, 'Führung 継続 "a\'b');
    accept('a folder with a strange name', publish('x'.repeat(32), { folder: strange }), strange);
    refuse('a folder with a name too long', publish('2026.1', { folder: join(place, 'd'.repeat(300)) }), 3, /File name too long/);
}

// Audiences come, go and change their names; those before keep what they had.
function judgeAudiences() {
    const folder = copied(site), day = '2026-07-03';
    for (const [edition, list] of [
        ['added', [...audiences, ['crisis', 'confidential']]],
        ['removed', [['audit', 'restricted'], ['crisis', 'confidential']]],
        ['renamed', [['auditors', 'restricted'], ['crisis', 'confidential']]],
        ['back', audiences],
    ]) {
        write('continuo.yaml', settings(list));
        accept(`an audience ${edition}`, publish(edition, { folder, day }), folder);
        for (const [id] of list)
            check(existsSync(join(folder, id, edition, 'index.html')), `an audience ${edition}: ${id} has the edition`);
    }
    const before = print(folder);
    for (const id of ['staff.', 'draft', 'März'])
        write('continuo.yaml', settings([...audiences, [id, 'internal']])),
        refuse(`an audience '${id}'`, publish('bad', { folder, day }), 1, /CL1/, folder, before);
    write('continuo.yaml', settings(audiences, ''));
    const r = run(['publish', 'today', '-C', workspace, '-o', folder, '--key', file('demo/key.pem'), '--cert', file('demo/cert.pem')]);
    const today = new Date().toISOString().slice(0, 10);
    check(r.status === 0 || /PB3/.test(r.said), 'without an as-of date it is today', r.said);
    if (r.status === 0)
        check(JSON.parse(readFileSync(join(folder, 'staff/today/edition.json'), 'utf8')).as_of === today, 'the edition is of today');
    write('continuo.yaml', settings(audiences));
}

// A stick with the copy of one audience, for readers who have no ledger.
function judgeStick() {
    const stick = join(place, 'stick');
    cpSync(join(site, 'staff'), join(stick, 'staff'), { recursive: true });
    const one = verify(join(stick, 'staff')), all = run(['verify', stick, '--trust', join(keys, 'all.pem')]);
    check(one.status === 0 && /^verified: 1 edition/.test(one.said), 'a stick with one audience is verified by its folder', one.said);
    check(all.status === 4 && /ledger\.jsonl: missing/.test(all.said) && /name its folder/.test(all.said), 'a stick without its ledger says how', all.said);
    check(run(['verify', join(stick, 'staff'), '--max', '0', '--format', 'json']).status === 0, 'verify shows all that it is asked for');
    check(run(['verify', join(stick, 'staff'), '--format', 'sarif']).status === 2, 'verify refuses a format that it has not');
}

// -- The machine ----------------------------------------------------------------------------------

const wait = (child) => new Promise((ended) => child.once('exit', (status, signal) => ended({ status, signal })));
const start = (args) => spawn(program, args, { env: environment, stdio: 'ignore', detached: true });

async function judgeTwo() {
    const before = print(site);
    const holder = spawn('flock', [site, 'sleep', '60'], { stdio: 'ignore', detached: true });
    await pause(300);
    refuse('another publish that runs', publish('2026.2'), 3, /PB5/, site, before);
    process.kill(-holder.pid);
    const folder = copied(site);
    const both = await Promise.all(['2026.2', '2026.3'].map((id) => wait(start([...words(id, '2026-07-02', folder), ...pair('ec')]))));
    check(both.some((r) => r.status === 0) && both.every((r) => [0, 1, 3].includes(r.status)), 'two at once: one is published', JSON.stringify(both));
    check(verify(folder).status === 0, 'two at once: the archive is whole', verify(folder).said);
}

function judgeRights() {
    writeFileSync(join(place, 'plain'), '');
    refuse('a folder that is a file', publish('2026.2', { folder: join(place, 'plain') }), 3, /plain.*(Not a directory|File exists)/);
    const folder = copied(site), before = print(folder);
    const own = isRoot ? { uid: nobody, gid: nobody } : {};
    if (spawnSync(program, ['--help'], own).status !== 0)
        return console.log('skipped: who has no rights has none to start the program where it is');
    chmodSync(place, 0o755), chmodSync(keys, 0o755), chmodSync(file('ec.key'), 0o644), chmodSync(folder, 0o555);
    refuse('a folder without the right to write', publish('2026.2', { folder, ...own }), 3, /copy: error\[OS\].*Permission denied|copy\/.*error\[OS\].*Permission denied/, folder, before);
    chmodSync(file('ec.key'), 0o000);
    if (isRoot)
        chownSync(file('ec.key'), 0, 0);
    refuse('a key without the right to read', publish('2026.2', { folder, ...own }), 3, /ec\.key.*Permission denied/, folder, before);
    chmodSync(file('ec.key'), 0o600), chmodSync(folder, 0o755);
}

function judgeDisk() {
    const disk = join(place, 'disk'), mount = (...options) => spawnSync('mount', ['-t', 'tmpfs', ...options, 'none', disk]).status === 0;
    mkdirSync(disk);
    if (!mount('-o', 'size=200k'))
        return console.log('skipped: no file system can be mounted here, so none gets full');
    try {
        const folder = join(disk, 'site');
        const r = publish('2026.1', { folder });
        refuse('a disk that gets full', r, 3, /disk\/site\/.*No space left/);
        check(!existsSync(join(folder, 'ledger.jsonl')) && !existsSync(join(folder, 'staff/2026.1')), 'a disk that gets full: nothing is published');
        spawnSync('mount', ['-o', 'remount,size=64m', disk]);
        accept('a disk that was full', publish('2026.1', { folder }), folder);
        const before = print(folder), used = Number(spawnSync('du', ['-sk', folder], { encoding: 'utf8' }).stdout.split('\t')[0]);
        spawnSync('mount', ['-o', `remount,size=${used + 24}k`, disk]);
        refuse('a disk without room for one more', publish('2026.2', { folder }), 3, /PB6/, folder, before);
        spawnSync('mount', ['-o', 'remount,size=64m,ro', disk]);
        refuse('a disk that is read-only', publish('2026.2', { folder }), 3, /Read-only file system/, folder, before);
    } finally {
        spawnSync('umount', [disk]);
    }
}

function running() {
    return readdirSync('/proc').filter((pid) => {
        try {
            return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(place);
        } catch {
            return false;
        }
    }).length - (readFileSync('/proc/self/cmdline', 'utf8').includes(place) ? 1 : 0);
}

// The example, which takes long enough to be interrupted in the middle.
async function judgeSignals() {
    const folder = join(place, 'example'), key = ['--key', file('demo/key.pem'), '--cert', file('demo/cert.pem')];
    const build = ['build', '-o', folder], issue = ['publish', '2026.1', '-o', folder, ...key];
    let cut = 0;
    for (const [signal, after, args] of [['SIGINT', 200, issue], ['SIGTERM', 500, issue], ['SIGINT', 800, issue], ['SIGTERM', 300, build], ['SIGINT', 600, build]]) {
        const child = start(args), ended = wait(child);
        await pause(after);
        child.kill(signal);
        const r = await ended, name = `${args[0]}, ${signal} after ${after} ms`;
        cut += r.signal === signal ? 1 : 0;
        check(r.signal === signal || r.status === 0 || (r.status === 1 && existsSync(join(folder, 'ledger.jsonl'))), `${name}: ends by it`, JSON.stringify(r));
        for (let waits = 0; running() > 0 && waits < 100; waits++)
            await pause(50); // one that waits for the disk ends a little later
        check(running() === 0, `${name}: no worker is left`, running());
        check(existsSync(join(folder, 'ledger.jsonl')) || !existsSync(join(folder, 'staff/2026.1')), `${name}: no edition without its line`);
    }
    check(cut >= 3, 'most runs were cut off in the middle', cut);
    check(run(build).status === 0, 'after that a build goes through');
    const r = existsSync(join(folder, 'ledger.jsonl')) ? { status: 0, said: '' } : run(issue);
    check(r.status === 0, 'after that a publish goes through', r.said);
    const v = run(['verify', folder, '-q', '--trust', file('demo/cert.pem')]);
    check(v.status === 0, 'what came is whole', v.said);
    const left = ['staff', 'crisis', 'audit'].flatMap((a) => readdirSync(join(folder, a))).filter((name) => name.endsWith('.new'));
    check(left.length === 0, 'nothing is left behind', left);
    check(/GUI-002 as it was approved, version 1\.2: no approval of version 1\.3/.test(r.said) || r.said === '', 'the summary names what is not issued as it stands', r.said);
}

function judgeStreams() {
    const shell = (line) => spawnSync('sh', ['-c', line], { encoding: 'utf8', env: environment, cwd: place });
    for (const line of ['verify site', 'verify site --format json', '--help', 'publish --help', 'explain']) {
        for (const way of ['>/dev/full', '>&-']) {
            const r = shell(`${program} ${line} ${way}`);
            check(r.status === 3 && /cannot write to the standard output/.test(r.stderr), `${line} ${way}: says that nothing arrived`, `${r.status}: ${r.stderr}`);
        }
    }
    const folder = copied(site);
    const r = shell(`${program} ${words('2026.2', '2026-07-02', folder).join(' ')} ${pair('ec').join(' ')} <&- >&- 2>&-`);
    check(r.status === 0 && verify(folder).status === 0, 'publish without any stream: the archive is whole', verify(folder).said);
}

try {
    prepare();
    judgeKeys();
    await judgeStamps();
    judgeArchive();
    judgeNames();
    judgeAudiences();
    judgeStick();
    await judgeTwo();
    judgeRights();
    judgeDisk();
    await judgeSignals();
    judgeStreams();
} finally {
    rmSync(place, { recursive: true, force: true });
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed ? 1 : 0);
