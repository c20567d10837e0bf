// serve: what `continuo serve` shows is what `build` makes; it is new after each save; errors are
// shown at their places; hostile requests, floods and lost folders leave it standing; it ends whole.
//
//   node tests/serve/serve.mjs PROGRAM
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeWorkspace } from '../bench/workspace.mjs';
import { attempt, check, launch, tally } from '../browser/lib.mjs';
import { childrenOf, isRunning, raw, sleep, start, until } from './lib.mjs';

const program = resolve(process.argv[2]);
const place = mkdtempSync(join(tmpdir(), 'serve-test-'));
const temporary = join(place, 'tmp');
mkdirSync(temporary);

const settings = 'title: Test\nas_of: 2026-06-30\n';
const front = (id, title) => `---\nid: ${id}\ntitle: ${title}\nkind: plan\nclass: internal\nversion: "1.0"\nversion_date: 2026-06-01\n---\n\n`;

function workspace(name, files = {}) {
    const folder = join(place, name);
    const all = { 'continuo.yaml': settings, 'documents/one.md': `${front('BCP-001', 'One')}First words.\n`, ...files };
    for (const [path, text] of Object.entries(all)) {
        mkdirSync(join(folder, 'content', path, '..'), { recursive: true });
        writeFileSync(join(folder, 'content', path), text);
    }
    return folder;
}

const get = async (server, path, options) => {
    const answer = await fetch(server.url + path, { signal: AbortSignal.timeout(60000), ...options });
    return { status: answer.status, type: answer.headers.get('content-type'), text: Buffer.from(await answer.arrayBuffer()) };
};
const text = async (server, path) => (await get(server, path)).text.toString();
const says = (server, path, words, milliseconds) => until(async () => (await text(server, path)).includes(words), milliseconds);
const withoutScript = (page) => page.toString().replace(/<script src="\/_continuo\/[^\n]*\n/, '');

function filesBelow(folder, below = '') {
    return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? filesBelow(folder, join(below, entry.name)) : [join(below, entry.name)]);
}

// -- The same site as `build` makes ----------------------------------------------------------------

async function sameAsBuilt() {
    const folder = join(place, 'example'), site = join(place, 'site');
    mkdirSync(folder);
    cpSync('content', join(folder, 'content'), { recursive: true });
    execFileSync(program, ['build', '-q', '-C', folder, '-o', site, '--audience', 'audit']);
    const server = await start(program, folder, temporary, '--port', '0');
    const draft = join(site, 'audit/draft');
    let same = 0, pages = 0;
    for (const path of filesBelow(draft)) {
        const { status, text } = await get(server, path);
        const built = readFileSync(join(draft, path));
        const shown = path.endsWith('.html') ? Buffer.from(withoutScript(text)) : text;
        pages += path.endsWith('.html') && text.includes('/_continuo/reload.js');
        same += status === 200 && built.equals(shown) || !check(false, `${path} is not as it is built`, status);
    }
    check(same > 1000, 'every file of the built tree is served as it is', same);
    check(pages > 500, 'pages have the script that reloads them', pages);
    check(!(await text(server, 'card.html')).includes('_continuo'), 'the card, which allows no script, has none');
    check(await server.stop() === 130, 'ends with 130 after the whole site', server.status);
    const narrow = await start(program, folder, temporary, '--port', '0', '--audience', 'staff');
    check((await get(narrow, 'audit/findings.html')).status === 404, 'staff see no findings of the whole');
    await narrow.stop();
}

// -- Answers ------------------------------------------------------------------------------------------

async function answers() {
    const server = await start(program, workspace('answers'), temporary, '--port', '0');
    const types = { '': 'text/html', 'index.html': 'text/html', 'crisis/': 'text/html', 'assets/portal.css': 'text/css', 'assets/portal.js': 'text/javascript',
        'assets/icon.svg': 'image/svg+xml', 'data/document.csv': 'text/csv', 'data/document.json': 'application/json', 'd/bcp-001.pdf': 'application/pdf', 'feeds/calendar.ics': 'text/calendar' };
    for (const [path, type] of Object.entries(types)) {
        const answer = await get(server, path);
        check(answer.status === 200 && answer.type.startsWith(type), `/${path} is ${type}`, `${answer.status} ${answer.type}`);
    }
    const head = await fetch(`${server.url}d/bcp-001.html`, { method: 'HEAD' });
    check(head.status === 200 && Number(head.headers.get('content-length')) > 1000 && await head.text() === '', 'HEAD says what GET would send');
    for (const [name, value] of [['cache-control', 'no-store'], ['x-content-type-options', 'nosniff'], ['x-frame-options', 'DENY'], ['cross-origin-resource-policy', 'same-origin']])
        check(head.headers.get(name) === value, `says ${name}: ${value}`);
    for (const path of ['nowhere.html', 'd', 'd/', 'crisis', '_continuo/', '_continuo/x.js', 'd/bcp-001.html/', 'd/bcp-001', 'D/BCP-001.html'])
        check((await get(server, path)).status === 404, `/${path} is not there`);
    check((await text(server, 'nowhere.html')).includes('There is no such page'), 'what is not there has a page that says so');
    check(statSync(join(temporary, readdirSync(temporary)[0])).mode % 0o100 === 0, 'its files are for nobody else');
    await hostile(server);
    await server.stop();
}

const host = (server) => `Host: 127.0.0.1:${server.port}\r\n`;
const status = (answer) => Number(/^HTTP\/1\.[01] (\d+)/.exec(answer)?.[1] ?? 0);

async function hostile(server) {
    const ask = (line, heads = host(server), body = '') => raw(server.port, `${line}\r\n${heads}Connection: close\r\n\r\n${body}`);
    const climbs = ['/../../etc/passwd', '/d/../../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '//etc/passwd', '/./index.html',
        '/d//bcp-001.html', '/.hidden', '/d/.hidden', '/index.html%00.pdf', '/index.html%0d%0aX:y', '/\\..\\x', '/d/bcp-001.html%', `/${'a'.repeat(3000)}`, '/c:/x', '/1.new/index.html'];
    for (const path of climbs)
        check(status(await ask(`GET ${path} HTTP/1.1`)) === 404, `${path.slice(0, 40)} is not there`);
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE', 'PATCH', 'get', 'PROPFIND']) {
        const answer = await ask(`${method} / HTTP/1.1`, host(server), 'x=1');
        check(status(answer) === 405 && /^Allow: GET, HEAD\r$/m.test(answer), `${method} is refused`, answer.slice(0, 40));
    }
    const names = [`evil.example:${server.port}`, 'evil.example', '127.0.0.1', '127.0.0.1:1', `localhost.evil.example:${server.port}`, `127.0.0.1:${server.port}.evil.example`, '', `[::1]:${server.port}`];
    for (const name of names)
        check([400, 403].includes(status(await ask('GET / HTTP/1.1', `Host: ${name}\r\n`))), `the host '${name}' is refused`);
    check([400, 403].includes(status(await raw(server.port, 'GET / HTTP/1.0\r\n\r\n'))), 'without a host it is refused');
    check(status(await ask('GET / HTTP/1.1', `Host: localhost:${server.port}\r\n`)) === 200, 'localhost is this machine');
    const from = (site, mode) => ask('GET /_continuo/wait.js HTTP/1.1', `${host(server)}Sec-Fetch-Site: ${site}\r\nSec-Fetch-Mode: ${mode}\r\n`);
    check(status(await from('cross-site', 'no-cors')) === 403, 'another site cannot load a script of this one');
    check(status(await from('same-site', 'cors')) === 403, 'nor can another port');
    check(status(await from('same-origin', 'no-cors')) === 200, 'its own pages can');
    check(status(await ask('GET / HTTP/1.1', `${host(server)}Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\n`)) === 200, 'a link may lead here');
    check(status(await ask('GET / HTTP/1.1', `${host(server)}Content-Length: 99999999999\r\n`)) === 413, 'GET brings nothing');
    check(status(await ask('GET / HTTP/1.1', `${host(server)}Transfer-Encoding: chunked\r\n`, 'ffffffff\r\n')) === 413, 'nor in pieces');
    check(status(await ask(`GET / HTTP/1.1`, `${host(server)}X: ${'a'.repeat(100000)}\r\n`)) >= 400, 'heads have a limit');
    check(status(await ask(`GET /${'a'.repeat(100000)} HTTP/1.1`)) >= 400, 'addresses have one');
    for (const bytes of ['\0\0\0\0\r\n\r\n', 'GET\r\n\r\n', 'GET / HTTP/9.9\r\n\r\n', '\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03', 'A'.repeat(65536), '\r\n'.repeat(10000), `GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(20000)}`])
        await raw(server.port, bytes, 500);
    const idle = Array.from({ length: 200 }, () => raw(server.port, 'GET / HT', 2000));
    await Promise.all(idle);
    // At its limit of connections it closes the next ones, until it has seen that the idle ones are gone.
    check(await until(async () => (await raw(server.port, `GET / HTTP/1.1\r\n${host(server)}Connection: close\r\n\r\n`)).startsWith('HTTP/1.1 200'), 3000), 'answers soon after all that');
    await sleep(500);
    const two = await raw(server.port, `GET / HTTP/1.1\r\n${host(server)}\r\nGET /d/bcp-001.html HTTP/1.1\r\n${host(server)}Connection: close\r\n\r\n`, 10000);
    check(two.match(/HTTP\/1\.1 200/g)?.length === 2, 'two requests on one connection get two answers');
    const many = await Promise.all(Array.from({ length: 50 }, (_, i) => get(server, i % 2 ? 'd/bcp-001.html' : 'd/bcp-001.pdf')));
    check(many.every((answer) => answer.status === 200), 'fifty at once get what they ask for');
}

// -- After a save ----------------------------------------------------------------------------------------

async function saves() {
    const folder = workspace('saves'), file = join(folder, 'content/documents/one.md');
    const server = await start(program, folder, temporary, '--port', '0');
    const put = (words) => writeFileSync(file, `${front('BCP-001', 'One')}${words}\n`);
    check(await says(server, 'd/bcp-001.html', 'First words'), 'shows the content');
    put('Second words.');
    check(await says(server, 'd/bcp-001.html', 'Second words'), 'is new after a save');
    writeFileSync(`${file}~`, readFileSync(file));
    writeFileSync(join(folder, 'content/documents/.one.md.new'), `${front('BCP-001', 'One')}Third words.\n`);
    rmSync(`${file}~`);
    renameSync(join(folder, 'content/documents/.one.md.new'), file);
    check(await says(server, 'd/bcp-001.html', 'Third words'), 'is new after a save by renaming');
    mkdirSync(join(folder, 'content/documents/deep/er'), { recursive: true });
    writeFileSync(join(folder, 'content/documents/deep/er/two.md'), `${front('BCP-002', 'Two')}In a new folder.\n`);
    check(await says(server, 'd/bcp-002.html', 'In a new folder'), 'finds a new folder');
    writeFileSync(join(folder, 'content/documents/deep/er/two.md'), `${front('BCP-002', 'Two')}Changed there.\n`);
    check(await says(server, 'd/bcp-002.html', 'Changed there'), 'watches what is in it');
    renameSync(join(folder, 'content/documents/deep'), join(folder, 'content/documents/moved'));
    writeFileSync(join(folder, 'content/documents/moved/er/two.md'), `${front('BCP-002', 'Two')}Moved along.\n`);
    check(await says(server, 'd/bcp-002.html', 'Moved along'), 'follows a folder that moves');
    rmSync(join(folder, 'content/documents/moved'), { recursive: true });
    check(await until(async () => (await get(server, 'd/bcp-002.html')).status === 404), 'forgets what was removed');
    const pdf = (await get(server, 'd/bcp-001.pdf')).text;
    put('Fourth words, on paper.');
    check(await until(async () => !(await get(server, 'd/bcp-001.pdf')).text.equals(pdf)), 'makes the PDF again, too');
    await lost(server, folder, put);
    await flood(server, folder, put);
    await killed(server, put);
    const left = childrenOf(server.pid).map((child) => child.pid);
    check(await server.stop('SIGTERM') === 130, 'ends with 130 on SIGTERM', server.status);
    check(left.length > 0 && await until(() => left.every((pid) => !isRunning(pid)), 3000), 'leaves no process');
    check(readdirSync(temporary).length === 0, 'leaves no file', readdirSync(temporary).join());
}

async function lost(server, folder, put) {
    renameSync(join(folder, 'content'), join(folder, 'away'));
    check(await says(server, '_continuo/wait.js', 'content'), 'says that the content folder is gone');
    check((await get(server, 'd/bcp-001.html')).status === 200, 'shows the last good site without it');
    renameSync(join(folder, 'away'), join(folder, 'content'));
    put('Back again.');
    check(await says(server, 'd/bcp-001.html', 'Back again'), 'goes on when it is back');
    renameSync(folder, `${folder}-away`);
    await sleep(1500);
    check((await get(server, 'd/bcp-001.html')).status === 200, 'shows the last good site without the workspace');
    renameSync(`${folder}-away`, folder);
    put('Whole again.');
    check(await says(server, 'd/bcp-001.html', 'Whole again'), 'goes on when that is back');
    symlinkSync('/etc/passwd', join(folder, 'content/documents/link.md'));
    check(await says(server, '_continuo/wait.js', 'link.md'), 'says what it does not read');
    rmSync(join(folder, 'content/documents/link.md'));
    execFileSync('mkfifo', [join(folder, 'content/documents/pipe.md')]);
    check(await says(server, '_continuo/wait.js', 'pipe.md'), 'does not wait for a pipe');
    rmSync(join(folder, 'content/documents/pipe.md'));
    if (process.getuid() !== 0) { // root reads everything
        chmodSync(join(folder, 'content/documents/one.md'), 0);
        check(await says(server, '_continuo/wait.js', 'one.md'), 'says what it may not read');
        chmodSync(join(folder, 'content/documents/one.md'), 0o644);
    }
    check(await says(server, '_continuo/wait.js', '"text": ""'), 'and that all is well again');
}

async function flood(server, folder, put) {
    const end = Date.now() + 2000;
    let writes = 0;
    for (; Date.now() < end; writes++) {
        writeFileSync(join(folder, `content/documents/f${writes % 50}.md`), `${front(`FLD-${String(writes % 50).padStart(3, '0')}`, 'Flood')}${writes}\n`);
        if (writes % 20 === 0)
            await sleep(1);
    }
    check((await get(server, 'd/bcp-001.html')).status === 200, 'answers in a flood of changes');
    put('After the flood.');
    check(await says(server, 'd/bcp-001.html', 'After the flood') && await says(server, 'd/fld-001.html', 'Flood'), 'has all of it in the end', writes);
    check(childrenOf(server.pid).length < 12, 'starts no more processes than it needs', childrenOf(server.pid).length);
}

async function killed(server, put) {
    for (const child of childrenOf(server.pid))
        try { process.kill(child.pid, 'SIGKILL'); } catch { /* went with its parent */ }
    check(await until(async () => (await get(server, 'index.html')).status === 200), 'starts again what was killed');
    put('Risen.');
    check(await says(server, 'd/bcp-001.html', 'Risen'), 'and goes on');
    check(await until(() => childrenOf(server.pid).every((child) => child.state !== 'Z'), 5000), 'no zombie is left');
}

// -- In a browser ---------------------------------------------------------------------------------------------

async function inBrowser(browser) {
    const long = Array.from({ length: 120 }, (_, i) => `Line ${i}.\n\n`).join('');
    const folder = workspace('browser'), file = join(folder, 'content/documents/one.md');
    const server = await start(program, folder, temporary, '--port', '0');
    const put = (words) => writeFileSync(file, `${front('BCP-001', 'One')}${words}\n\n${long}`);
    put('As it was.');
    await says(server, 'd/bcp-001.html', 'As it was');
    const page = await browser.newPage(), complaints = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${server.url}d/bcp-001.html`, { waitUntil: 'load' });
    await page.evaluate(() => scrollTo(0, 900));
    await sleep(300);
    put('As it is now.');
    check(await page.getByText('As it is now').waitFor({ timeout: 15000 }).then(() => true, () => false), 'a page is new by itself after a save');
    check(await until(async () => await page.evaluate(() => scrollY).catch(() => 0) > 500, 5000), 'and stays where it was read');
    await overlay(page, put, file);
    check(complaints.length === 0, 'the policy of the pages allows all of this', complaints.join('; '));
    await page.goto(`${server.url}nowhere.html`).catch(() => {});
    complaints.length = 0;
    mkdirSync(join(folder, 'content/records'), { recursive: true });
    writeFileSync(join(folder, 'content/records/site.yaml'), '- {id: SIT-001, title: Quay}\n');
    await page.goto(`${server.url}r/sit-001.html`, { waitUntil: 'load' });
    rmSync(join(folder, 'content/records/site.yaml'));
    check(await page.getByText('There is no such page').waitFor({ timeout: 15000 }).then(() => true, () => false), 'a page that is gone says so');
    await page.close();
    await server.stop();
    await brokenAtFirst(browser);
}

async function overlay(page, put, file) {
    const box = page.locator('#continuo-findings');
    put('Broken: <script>document.title = "run"</script> {{role.ROL-999<b>.title}} [x](nowhere.md)');
    check(await box.waitFor({ timeout: 15000 }).then(() => true, () => false), 'errors are laid over the page');
    const words = await box.innerText();
    check(/documents\/one\.md:\d+:\d+: error/.test(words), 'at their places', words.slice(0, 200));
    check(words.includes('<b>') && await box.locator('b, script').count() === 0, 'as text, not as markup', words);
    check(await page.getByText('As it is now').isVisible(), 'the last good page stays below');
    check(await box.getAttribute('role') === 'alert', 'readers who listen hear of it');
    await page.keyboard.press('Escape');
    check(await box.count() === 0, 'Escape hides them');
    writeFileSync(file, 'no front matter\n');
    check(await box.waitFor({ timeout: 15000 }).then(() => true, () => false), 'new errors are shown again');
    put('Mended.');
    check(await page.getByText('Mended.').waitFor({ timeout: 15000 }).then(() => true, () => false), 'what is mended is shown');
    check(await box.count() === 0, 'without the errors');
}

async function brokenAtFirst(browser) {
    const folder = workspace('broken', { 'records/site.yaml': '- {id: SIT-001, title: "<img src=x onerror=alert(1)>' });
    const server = await start(program, folder, temporary, '--port', '0');
    const page = await browser.newPage();
    const answer = await page.goto(`${server.url}d/bcp-001.html`, { waitUntil: 'load' });
    check(answer.status() === 503, 'without a good site says so', answer.status());
    check((await page.locator('pre').innerText()).includes('site.yaml:1'), 'and where the errors are');
    check(await page.locator('img').count() === 0, 'as text');
    rmSync(join(folder, 'content/records'), { recursive: true });
    check(await page.getByText('First words').waitFor({ timeout: 15000 }).then(() => true, () => false), 'shows the page once they are mended');
    await page.close();
    check(await server.stop() === 130, 'ends with 130 on SIGINT', server.status);
    const nothing = await start(program, join(place, 'no/such/folder'), temporary, '--port', '0');
    check((await get(nothing, '')).status === 503, 'without a workspace it waits for one');
    await nothing.stop();
}

// -- Ends ---------------------------------------------------------------------------------------------------------

async function ends() {
    const folder = workspace('ends'), other = createServer().listen(0, '127.0.0.1');
    await new Promise((done) => other.on('listening', done));
    const taken = await start(program, folder, temporary, '--port', String(other.address().port));
    check(await taken.ended === 3 && taken.err.includes('is in use'), 'a port that is taken is named', taken.err);
    other.close();
    const nobody = await start(program, folder, temporary, '--port', '0', '--audience', 'nobody');
    check(await nobody.ended === 2 && nobody.err.includes('no such audience'), 'an audience that nobody has', nobody.err);
    const wrong = await start(program, folder, temporary, '--port', '65536');
    check(await wrong.ended === 2, 'a port that is none', wrong.status);
    const server = await start(program, folder, temporary, '--port', '0');
    await get(server, '');
    const children = childrenOf(server.pid).map((child) => child.pid);
    await server.stop('SIGKILL');
    check(children.length > 0 && await until(() => children.every((pid) => !isRunning(pid)), 5000), 'what is killed takes its processes along');
    rmSync(temporary, { recursive: true });
    mkdirSync(temporary);
    const early = await start(program, folder, temporary, '--port', '0');
    check(await early.stop('SIGHUP') === 130 && readdirSync(temporary).length === 0, 'ends while it reads', early.status);
}

// -- How soon -----------------------------------------------------------------------------------------------------------

// More folders than it watches: it says so, once, and serves all the same.
async function manyFolders() {
    const folder = workspace('folders');
    for (let i = 0; i < 20001; i++)
        mkdirSync(join(folder, 'content/documents', `${i % 200}`, `${i}`), { recursive: true });
    const server = await start(program, folder, temporary, '--port', '0');
    check(await says(server, 'd/bcp-001.html', 'First words'), 'is served with 20,001 folders');
    writeFileSync(join(folder, 'content/documents/one.md'), `${front('BCP-001', 'One')}Second words.\n`);
    check(await says(server, 'd/bcp-001.html', 'Second words'), 'and new after a save');
    check(server.err.split('not every folder can be watched').length === 2, 'says once that it does not watch all of them', server.err);
    await server.stop();
    rmSync(folder, { recursive: true });
}

async function howSoon(browser) {
    const folder = join(place, 'large');
    makeWorkspace(folder, 'continuo', 1000);
    const server = await start(program, folder, temporary, '--port', '0');
    const file = join(folder, 'content/documents/005', readdirSync(join(folder, 'content/documents/005'))[0]);
    const source = readFileSync(file, 'utf8'), id = /^id: (\S+)/m.exec(source)[1].toLowerCase();
    const page = await browser.newPage(), took = [];
    await page.goto(`${server.url}d/${id}.html`, { waitUntil: 'load' });
    for (let i = 0; i < 7; i++) {
        await sleep(200);
        const began = Date.now();
        writeFileSync(file, `${source}\nSaved for the time ${i}.\n`);
        await page.getByText(`Saved for the time ${i}.`).waitFor({ timeout: 20000 });
        took.push(Date.now() - began);
    }
    took.sort((a, b) => a - b);
    // Printed, never judged: 500 ms is the aim on a machine with nothing else to do.
    console.log(`save to words on the screen, 1,000 documents: median ${took[3]} ms, ${took[0]} to ${took[6]}`);
    await page.close();
    await server.stop();
}

await attempt('the same site', sameAsBuilt);
await attempt('answers', answers);
await attempt('saves', saves);
await attempt('ends', ends);
await attempt('many folders', manyFolders);
const browser = await launch();
await attempt('in a browser', () => inBrowser(browser));
await attempt('how soon', () => howSoon(browser));
await browser.close();
check(!existsSync(join(place, 'nowhere')) && readdirSync(temporary).length === 0, 'no temporary file is left', readdirSync(temporary).join());
rmSync(place, { recursive: true });
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);
