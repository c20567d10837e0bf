// browser/use: the portal by keyboard and mouse, and on paper.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { attempt, check, diskRoot, fewRecords, firstWith, inPairs, open } from './lib.mjs';

const focused = () => {
    const e = document.activeElement;
    const box = e.getBoundingClientRect();
    const style = getComputedStyle(e);
    const hit = document.elementFromPoint(box.left + Math.min(box.width / 2, 10), box.top + box.height / 2);
    return {
        name: `${e.localName}${e.id ? `#${e.id}` : ''} "${e.textContent.trim().slice(0, 30)}"`,
        isBody: e === document.body,
        inView: box.width > 0 && box.height > 0 && box.top >= -1 && box.top < innerHeight && box.right > 0,
        onTop: hit === null || e.contains(hit) || hit.contains(e),
        marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none',
    };
};

async function skipLink(page, path) {
    await page.keyboard.press('Tab');
    const first = await page.evaluate(focused);
    check(/^a /.test(first.name) && first.inView && first.onTop, `${path}: the first Tab shows the skip link`, JSON.stringify(first));
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => {
        const e = document.activeElement;
        const main = document.querySelector('main');
        return main.contains(e) || main.querySelector('a[href], button, input, [tabindex="0"]') === null;
    });
    check(inside, `${path}: behind the skip link the content comes next`);
}

// Every stop of the Tab key can be seen, is marked, and the walk comes to its end: on a page
// with very many stops only the first are walked.
async function tabWalk(page, path) {
    const bad = [];
    let ended = false;
    const stops = await page.evaluate(() => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
        .filter((e) => e.getClientRects().length > 0).length);
    await page.evaluate(() => {
        document.activeElement.blur();
        scrollTo(0, 0);
    });
    for (let i = 0; i < Math.min(stops + 5, 150) && !ended; i++) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(focused);
        ended = stop.isBody;
        if (!ended && !(stop.inView && stop.onTop && stop.marked))
            bad.push(`${stop.name}${stop.inView ? '' : ' out of view'}${stop.onTop ? '' : ' covered'}${stop.marked ? '' : ' not marked'}`);
    }
    check(bad.length === 0, `${path}: every stop of the Tab key is seen`, bad.slice(0, 5).join('; '));
    check(ended || stops > 140, `${path}: the Tab key leaves the page again`, `${stops} stops`);
}

async function keyboard(browser, root, paths) {
    await inPairs(paths, async (path) => {
        const { page, close } = await open(browser, root + path, root);
        await skipLink(page, path);
        await page.goto(root + path);
        await tabWalk(page, path);
        await close();
    });
}

async function tables(browser, root, folder) {
    const path = firstWith(folder, /class="[^"]*\bsortable\b/, 'registers/');
    if (!check(path !== undefined, 'there is a register with a table that sorts'))
        return;
    const { page, wires, close } = await open(browser, root + path, root);
    const column = () => page.evaluate(() => [...document.querySelectorAll('table.sortable tbody tr')].map((r) => r.cells[0].textContent.trim()));
    const before = await column();
    const told = () => page.evaluate(() => document.querySelector('main [role="status"]')?.textContent ?? '');
    const press = async (key) => {
        const last = await told();
        await page.keyboard.press(key);
        await page.waitForFunction((text) => (document.querySelector('main [role="status"]')?.textContent ?? '') !== text, last);
    };
    await page.locator('table.sortable thead th button').first().focus();
    await press('Enter');
    const once = await page.locator('table.sortable thead th').first().getAttribute('aria-sort');
    const first = await column();
    await press('Space');
    const twice = await page.locator('table.sortable thead th').first().getAttribute('aria-sort');
    const second = await column();
    check(once && twice && once !== twice, `${path}: aria-sort changes with Enter and Space`, `${once}, ${twice}`);
    check(first.join() === [...second].reverse().join() && [...first].sort().join() === [...before].sort().join(),
        `${path}: sorted one way and the other, no row lost`, `${first.slice(0, 3)} / ${second.slice(0, 3)}`);
    check(/sorted/i.test(await told()), `${path}: sorting is told to screen readers`, await told());
    const filter = page.locator('input[type="search"]').first();
    if (before.length >= 8 && check(await filter.count() === 1, `${path}: a long table has a filter`)) {
        await filter.fill(before[1]);
        await page.waitForFunction((n) => document.querySelectorAll('table.sortable tbody tr:not([hidden])').length < n, before.length);
        const left = await page.locator('table.sortable tbody tr:not([hidden])').count();
        const count = await page.locator('output').first().textContent();
        check(left > 0 && count.startsWith(`${left} of ${before.length}`), `${path}: the filter counts what it shows`, count);
    }
    check(wires.length === 0, `${path}: no error while sorting`, wires.join('; '));
    await close();
}

async function checklists(browser, root, folder) {
    const path = firstWith(folder, /class="task-list/, 'd/') ?? firstWith(folder, /class="task-list/, '');
    if (!check(path !== undefined, 'there is a page with a checklist'))
        return;
    const { page, wires, close } = await open(browser, root + path, root, { acceptDownloads: true });
    const boxes = page.locator('.task-list input[type="checkbox"]:not([disabled])');
    const box = boxes.first();
    await box.focus();
    await page.keyboard.press('Space');
    check(await box.isChecked(), `${path}: Space ticks`);
    await page.reload();
    check(await box.isChecked(), `${path}: a tick outlives the visit`);
    const named = await box.evaluate((e) => (e.labels[0]?.textContent ?? '').trim().length > 1);
    check(named, `${path}: the box has a label`);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as text' }).click()]);
    const text = readFileSync(await download.path(), 'utf8');
    check((text.match(/^\[[x ]\] \S/gm) ?? []).length === await boxes.count() && text.includes('[x] '), `${path}: the checklist as text`, text.slice(0, 200));
    await page.getByRole('button', { name: 'Clear the ticks' }).click();
    check(!(await box.isChecked()), `${path}: ticks can be cleared`);
    check(wires.length === 0, `${path}: no error while ticking`, wires.join('; '));
    await close();
}

async function maps(browser, root, folder) {
    const path = firstWith(folder, /<figure class="drawing/, 'maps/');
    if (!check(path !== undefined, 'there is a map'))
        return;
    const { page, wires, close } = await open(browser, root + path, root);
    const width = () => page.locator('figure.drawing svg').first().evaluate((e) => e.getBoundingClientRect().width);
    const before = await width();
    await page.getByRole('button', { name: 'Larger' }).first().click();
    const larger = await width();
    await page.locator('.canvas').first().focus();
    await page.keyboard.press('-');
    await page.keyboard.press('-');
    const smaller = await width();
    check(larger > before && smaller < larger, `${path}: larger and smaller, by button and key`, `${before} ${larger} ${smaller}`);
    const links = page.locator('figure.drawing svg a');
    if (await links.count() > 0) {
        await links.first().focus();
        await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
        check(page.url() !== root + path, `${path}: a node of the map is a link`);
        await page.goBack();
    }
    check(await page.locator('main table').count() > 0, `${path}: a table says what the map says`);
    check(wires.length === 0, `${path}: no error on the map`, wires.join('; '));
    await close();
}

async function paper(browser, root, paths) {
    await inPairs(paths, async (path) => {
        const { page, close } = await open(browser, root + path, root, { colorScheme: 'dark' });
        const { title, words } = await page.evaluate(() => ({
            title: document.querySelector('h1').textContent.replace(/\s+/g, ' ').trim(),
            words: [...document.querySelectorAll('details:not([open]) li, details:not([open]) p')].slice(0, 3)
                .map((e) => e.textContent.trim().split(/\s+/)[0]).filter((w) => /^\w+$/.test(w)),
        }));
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
        check(/^rgb\(255, 255, 255\)$|^rgba\(0, 0, 0, 0\)$/.test(ground), `${path}: paper stays white in dark mode`, ground);
        const pdf = await page.pdf({ format: 'A4' });
        const run = spawnSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8', maxBuffer: 1 << 26 });
        const text = run.stdout.replace(/\s+/g, ' ');
        check(text.includes(title), `${path}: its title is on paper`, text.slice(0, 100));
        check(!text.includes('Skip to the content'), `${path}: no navigation on paper`);
        check(words.every((word) => text.includes(word)), `${path}: what is folded is open on paper`, words.join(', '));
        await close();
    });
}

// What a first visitor on a slow line waits for.
async function firstView(browser, server, folder) {
    const { page, close } = await open(browser, 'about:blank', 'about:');
    const paths = [];
    page.on('request', (request) => request.url().startsWith(server.root) && paths.push(request.url().slice(server.root.length)));
    await page.goto(`${server.root}index.html`, { waitUntil: 'networkidle' });
    const unique = [...new Set(paths)].filter((path) => path !== 'favicon.ico');
    const bytes = unique.reduce((n, path) => n + gzipSync(readFileSync(join(folder, path))).length, 0);
    check(unique.length <= 4, 'index.html: at most 4 requests', unique.join(', '));
    check(bytes <= 60 * 1024, 'index.html: at most 60 KB', `${bytes} bytes zipped`);
    await close();
}

// Mailed, saved on a telephone under another name, opened from there: nothing else is at hand.
async function loneCard(browser, folder) {
    const place = mkdtempSync(join(tmpdir(), 'card-'));
    copyFileSync(join(folder, 'card.html'), join(place, 'Crisis card (1).html'));
    const root = diskRoot(place);
    for (const javaScriptEnabled of [true, false]) {
        const { page, wires, close } = await open(browser, 'about:blank', root, { javaScriptEnabled, viewport: { width: 360, height: 700 } });
        const requests = [];
        page.on('request', (request) => requests.push(request.url()));
        await page.goto(`${root}Crisis%20card%20(1).html`);
        const links = await page.locator('a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
        const looks = await page.locator('.call').first().evaluate((e) => getComputedStyle(e).borderRadius);
        check(requests.length === 1 && wires.length === 0, 'the card asks for nothing', [...requests, ...wires].join('; '));
        check(looks !== '0px', 'the card has its style, as its policy allows', looks);
        check(links.filter((href) => href.startsWith('tel:')).length >= 5, 'the card dials', links.slice(0, 5).join());
        check(links.every((href) => /^(#|tel:|mailto:|https:)/.test(href)), 'the card leads to no file', links.find((href) => !/^(#|tel:|mailto:|https:)/.test(href)));
        check(/Valid until \d+ \w+ \d{4}/.test(await page.locator('header').innerText()), 'the card says until when it is valid');
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        const ground = await page.locator('body').evaluate((e) => getComputedStyle(e).backgroundColor);
        check(ground === 'rgb(255, 255, 255)', 'the card is white on paper', ground);
        await close();
    }
    rmSync(place, { recursive: true });
}

// From the door for staff to one's own page, from there to its record, and to the calendar and its
// owners; all without a script.
async function ownPages(browser, root) {
    const { page, close } = await open(browser, root + 'staff/index.html', root, { javaScriptEnabled: false });
    const names = page.locator('#me ~ ul.names').first().locator('a');
    if (!check(await names.count() > 1, 'staff/index.html: everybody has a link to a page of their own'))
        return close();
    const name = await names.first().textContent();
    await Promise.all([page.waitForNavigation(), names.first().click()]);
    check((await page.locator('h1').textContent()).includes(name), `${page.url()}: one click leads to the own page`);
    const jumps = await page.locator('ul.jump a').evaluateAll((all) => all.filter((a) => document.querySelector(a.getAttribute('href')) === null).length);
    check(jumps === 0 && await page.locator('ul.jump a').count() > 2, `${page.url()}: it leads to its sections`);
    await page.goto(root + 'manage/calendar.html');
    await page.locator('ul.jump a', { hasText: 'Overdue' }).click();
    check(page.url().endsWith('#due-overdue'), 'manage/calendar.html: leads to its months');
    const owner = page.locator('table a[href*="people/"]').first();
    await Promise.all([page.waitForNavigation(), owner.click()]);
    check(/people\/[a-z0-9-]+\.html#due$/.test(page.url()), 'manage/calendar.html: an owner leads to all that is due there', page.url());
    await close();
}

export async function useAll(browser, folder, server, paths) {
    const root = diskRoot(folder);
    const oneOfEach = fewRecords(paths);
    const onPaper = oneOfEach.filter((path) => /^(index|crisis|d\/|registers\/|all)/.test(path));
    await attempt('keyboard', () => keyboard(browser, root, oneOfEach));
    await attempt('tables', () => tables(browser, root, folder));
    await attempt('checklists', () => checklists(browser, root, folder));
    await attempt('maps', () => maps(browser, root, folder));
    await attempt('own pages', () => ownPages(browser, root));
    await attempt('paper', () => paper(browser, root, onPaper));
    await attempt('card', () => loneCard(browser, folder));
    await attempt('first view', () => firstView(browser, server, folder));
}
