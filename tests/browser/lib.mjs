// browser/lib: Chromium, a web server for the site, which pages are looked at, and the count.
import { createServer } from 'node:http';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

export const tally = { passed: 0, failed: 0 };

// One promise kept or broken. What is said on failure names the page and what was found.
export function check(fine, message, found = '') {
    if (fine) {
        tally.passed++;
    } else {
        tally.failed++;
        console.log(`FAIL ${message}${found === '' ? '' : `: ${found}`}`);
    }
    return fine;
}

// What ends unexpectedly fails alone; the rest is still looked at.
export async function attempt(what, act) {
    try {
        await act();
    } catch (error) {
        check(false, `${what}: could not be finished`, error.message.split('\n').slice(0, 3).join(' '));
    }
}

export function launch() {
    const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome', '/usr/bin/chromium-browser'].find(existsSync);
    if (!executablePath)
        throw new Error('there is no Chromium (apt-get install chromium)');
    return chromium.launch({
        executablePath,
        chromiumSandbox: process.getuid() !== 0, // root cannot use it
        args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update',
            '--disable-sync', '--no-first-run', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    });
}

const types = {
    '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml',
    '.json': 'application/json', '.csv': 'text/csv', '.ics': 'text/calendar', '.pdf': 'application/pdf', '.png': 'image/png', '.jpg': 'image/jpeg',
};

// Serves a folder, and pages that tests make up, from a port that is free.
export async function serve(folder, extra = new Map()) {
    const server = createServer((request, response) => {
        const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)).replace(/^\/+/, '');
        const file = join(folder, path);
        const made = extra.get(path);
        if (!made && (path.startsWith('..') || !existsSync(file) || !statSync(file).isFile())) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' });
        response.end(made ?? readFileSync(file));
    });
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    return { root: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

export const diskRoot = (folder) => `${pathToFileURL(folder).href}/`;

function htmlBelow(folder, below = '') {
    return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
        const path = below ? `${below}/${entry.name}` : entry.name;
        return entry.isDirectory() ? htmlBelow(folder, path) : path.endsWith('.html') ? [path] : [];
    }).sort();
}

// One page of every kind: all that stand alone, and of the many alike (documents, records of a
// type, registers) the largest, where most can go wrong.
export function pageOfEveryKind(folder) {
    const largest = new Map();
    for (const path of htmlBelow(folder)) {
        const kind = path.replace(/^(d|registers|lose|changes\/type)[/-](?!index).*/, '$1')
            .replace(/^changes\/(?!index|type).*/, 'changes/d').replace(/(-\d+)*(-[a-z]+)?\.html$/, '$2');
        const size = statSync(join(folder, path)).size;
        if (size > (largest.get(kind)?.size ?? -1))
            largest.set(kind, { path, size });
    }
    return [...largest.values()].map((entry) => entry.path);
}

// Records of all types come from one template: for the slower tests three of them will do.
export function fewRecords(paths) {
    const isRecord = (path) => path.startsWith('r/');
    return [...paths.filter((path) => !isRecord(path)), ...paths.filter(isRecord).slice(0, 3)];
}

export function firstWith(folder, pattern, below) {
    return htmlBelow(folder).find((path) => path.startsWith(below) && pattern.test(readFileSync(join(folder, path), 'utf8')));
}

// Runs act over the list, two at a time.
export async function inPairs(list, act) {
    const queue = [...list];
    const worker = async () => {
        for (let item; (item = queue.shift()) !== undefined;)
            await act(item);
    };
    await Promise.all([worker(), worker()]);
}

// A page in a context of its own, with wires for what must not happen.
export async function open(browser, url, root, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(10000);
    const wires = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && wires.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => wires.push(`exception: ${error.message}`));
    page.on('dialog', (dialog) => {
        wires.push(`dialog: ${dialog.message()}`);
        dialog.dismiss();
    });
    page.on('request', (request) => {
        if (!request.url().startsWith(root) && !/^(data|blob):/.test(request.url()))
            wires.push(`request: ${request.url()}`);
    });
    page.on('requestfailed', (request) => {
        if (request.failure()?.errorText !== 'net::ERR_ABORTED') // the page was left while it loaded
            wires.push(`not loaded: ${request.url()}`);
    });
    page.on('response', (response) => response.status() >= 400 && wires.push(`status ${response.status()}: ${response.url()}`));
    await page.goto(url, { waitUntil: 'load' });
    return { page, wires, close: () => context.close() };
}
