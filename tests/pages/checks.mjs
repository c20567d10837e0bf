// pages/checks: what every file of a finished site must be.
//
// A site is a map from path to bytes; each check calls say(path, line, message).
import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { lineAt, read, textBelow } from './markup.mjs';

const types = new Set(['html', 'css', 'js', 'svg', 'pdf', 'csv', 'json', 'png', 'jpg', 'atom', 'ics', 'txt']);
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/;
const schemes = /^(https?:\/\/|mailto:|tel:)/;
const policy = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'"];

export const budgets = {
    pathLength: 100,
    htmlBytes: 60 * 1024, htmlZipped: 15 * 1024, // at the 95th percentile
    registerBytes: 250 * 1024,
    nodes: 1500, // at the 95th percentile of pages that are no register
    crisisBytes: 30 * 1024, cardBytes: 300 * 1024,
    cssZipped: 20 * 1024, scriptsZipped: 8 * 1024,
    bytesEachPage: 25 * 1024, // all but PDF, over the number of pages
};

const extension = (path) => posix.extname(path).slice(1);
const isPage = (path) => extension(path) === 'html';
const isSearch = (path) => /(^|\/)(search|minisearch|index-)/.test(path) && extension(path) === 'js';
const isCard = (path) => path === 'card.html';
const isList = (path) => /^(registers\/|a-z|all\.html|glossary|data\/)/.test(path);

function checkName(path, say) {
    if (path.length > budgets.pathLength)
        say(path, 1, `the path has ${path.length} characters, ${budgets.pathLength} at most`);
    for (const part of path.split('/')) {
        if (!/^[a-z0-9][a-z0-9._-]*$/.test(part) || reserved.test(part) || part.endsWith('.'))
            say(path, 1, `'${part}' is no name for every disk: a-z 0-9 . _ - only`);
    }
    if (!types.has(extension(path)))
        say(path, 1, `files of type '${extension(path)}' do not belong into a site`);
}

// An address inside the site: { file, anchor }, or what is wrong with it.
function resolveAddress(site, from, address) {
    if (schemes.test(address))
        return {};
    if (/^[a-z][a-z0-9+.-]*:/i.test(address))
        return { wrong: `the scheme of '${address}' is not allowed` };
    if (address.startsWith('/') || address.startsWith('\\'))
        return { wrong: `'${address}' is absolute` };
    const [beforeAnchor, ...rest] = address.split('#');
    const plain = beforeAnchor.split('?')[0];
    let file;
    try {
        file = plain === '' ? from : posix.join(posix.dirname(from), decodeURIComponent(plain));
    } catch {
        return { wrong: `'${address}' is badly encoded` };
    }
    if (!site.has(file))
        return { wrong: `'${address}' leads to no file` };
    return { file, anchor: rest.length ? rest.join('#') : undefined };
}

const addressOf = ['href', 'src', 'xlink:href', 'action', 'data', 'poster'];
const idLists = ['aria-labelledby', 'aria-describedby', 'aria-controls', 'for', 'headers', 'aria-owns'];
const banned = new Set(['style', 'integrity', 'crossorigin', 'srcdoc', 'ping', 'background', 'formaction']);
const foreign = new Set(['script', 'style', 'foreignObject', 'iframe', 'object', 'embed', 'base', 'applet', 'frame']);

function checkElements(page, say) {
    for (const e of page.elements) {
        const here = (message) => say(page.path, lineAt(page.source, e.at), message);
        for (const name of e.attributes.keys()) {
            if (banned.has(name) || /^on/.test(name))
                here(`the attribute '${name}' is not allowed`);
        }
        if (foreign.has(e.name)) {
            const plain = e.name === 'script' && e.attributes.has('src') && e.text.trim() === '' &&
                !e.attributes.has('type') && !isCard(page.path);
            if (!plain && !(isCard(page.path) && e.name === 'style'))
                here(`<${e.name}> is not allowed, or not like this`);
        }
        if (e.name === 'img' && !e.attributes.has('alt'))
            here('a picture without alternative text');
        if (e.attributes.has('id')) {
            const id = e.attributes.get('id');
            if (id === '' || /\s/.test(id))
                here(`'${id}' is no id`);
            if (page.ids.has(id))
                here(`the id '${id}' twice`);
            page.ids.add(id);
        }
    }
}

function checkIdReferences(page, say) {
    for (const e of page.elements) {
        for (const name of idLists) {
            for (const id of (e.attributes.get(name) ?? '').split(/\s+/).filter(Boolean)) {
                if (!page.ids.has(id))
                    say(page.path, lineAt(page.source, e.at), `${name} names the id '${id}', which is not there`);
            }
        }
    }
}

function checkAddresses(site, pages, page, say) {
    for (const e of page.elements) {
        for (const name of addressOf) {
            if (!e.attributes.has(name))
                continue;
            const address = e.attributes.get(name);
            const here = (message) => say(page.path, lineAt(page.source, e.at), message);
            if (name === 'src' && address.startsWith('data:image/'))
                continue;
            const { wrong, file, anchor } = resolveAddress(site, page.path, address);
            if (wrong || (schemes.test(address) && e.name !== 'a'))
                here(wrong ?? `'${address}' would be fetched from elsewhere`);
            if (file && (e.name === 'a' || e.name === 'form'))
                page.leadsTo.add(file);
            if (anchor && pages.get(file) && !pages.get(file).ids.has(anchor))
                here(`'${address}' names an anchor that is not there`);
            if (anchor === '')
                here(`'${address}' has an empty anchor`);
        }
    }
}

// The card has its style sheet inside and runs nothing: its policy names that sheet alone.
function cardPolicy(page) {
    const style = /<style>([^]*?)<\/style>/.exec(page.source)?.[1] ?? '';
    return ["default-src 'none'", `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
        "base-uri 'none'", "form-action 'none'"];
}

// It works where nothing else is: it asks for nothing, and leads only where a lone file can lead.
function checkCard(page, say) {
    for (const e of page.elements) {
        const here = (message) => say(page.path, lineAt(page.source, e.at), `the card ${message}`);
        if (['link', 'img', 'script', 'svg', 'source', 'video', 'audio'].includes(e.name))
            here(`has a <${e.name}>: it must stand alone`);
        for (const name of addressOf.filter((n) => e.attributes.has(n))) {
            if (name !== 'href' || !/^(#|tel:|mailto:|https:\/\/)/.test(e.attributes.get(name)))
                here(`leads to '${e.attributes.get(name)}', which is not there once it is mailed`);
        }
    }
    const elsewhere = new Set(page.elements.map((e) => e.attributes.get('href')).filter((a) => a?.startsWith('https:')));
    if (elsewhere.size > 1)
        say(page.path, 1, `the card leads to ${elsewhere.size} addresses: only the portal's own belongs there`);
    if (/url\(|@import/.test(page.source))
        say(page.path, 1, 'the style of the card fetches something');
}

function checkHead(page, say) {
    const here = (message) => say(page.path, 1, message);
    const named = (name) => page.elements.filter((e) => e.name === name);
    const [html] = named('html');
    if (!/^<!DOCTYPE html>/i.test(page.source))
        here('no <!DOCTYPE html>');
    if (!html?.attributes.get('lang'))
        here('<html> has no lang');
    const head = page.elements.filter((e) => e.parent?.name === 'head');
    const csp = head[1]?.attributes.get('content') ?? '';
    if (head[0]?.attributes.get('charset')?.toLowerCase() !== 'utf-8')
        here('<meta charset="utf-8"> must come first');
    const rules = isCard(page.path) ? cardPolicy(page) : policy;
    if (head[1]?.attributes.get('http-equiv') !== 'Content-Security-Policy' || /unsafe|\*|http/.test(csp) ||
        !rules.every((rule) => csp.split(';').map((s) => s.trim()).includes(rule)))
        here(`the Content-Security-Policy must come next, with ${rules.join('; ')}`);
    const titles = named('title').filter((e) => e.parent?.name === 'head');
    if (titles.length !== 1 || titles[0].text.trim() === '')
        here('a page has one title');
    const tops = named('h1');
    if (tops.length !== 1 || textBelow(page.elements, tops[0]) === '')
        here(`a page has one h1, this one ${tops.length}`);
    let level = 1;
    for (const e of page.elements.filter((x) => /^h[1-6]$/.test(x.name))) {
        const now = Number(e.name[1]);
        if (now > level + 1)
            say(page.path, lineAt(page.source, e.at), `<${e.name}> follows <h${level}>`);
        level = now;
    }
}

function checkLeftovers(page, say) {
    for (const e of page.elements) {
        const inCode = (x) => x && (['code', 'pre', 'kbd'].includes(x.name) || inCode(x.parent));
        const found = /\(null\)|\[object |\bNaN\b|\{\{|%zu/.exec(inCode(e) ? '' : e.text);
        if (found)
            say(page.path, lineAt(page.source, e.at), `'${found[0]}' was not meant for readers`);
    }
}

// The way from home: a crisis is one click away, what it needs two, all else three.
function checkReachable(pages, say) {
    const clicks = new Map([['index.html', 0]]);
    const queue = ['index.html'];
    for (let at = 0; at < queue.length; at++) {
        for (const file of pages.get(queue[at])?.leadsTo ?? []) {
            if (!clicks.has(file)) {
                clicks.set(file, clicks.get(queue[at]) + 1);
                queue.push(file);
            }
        }
    }
    for (const path of [...pages.keys()].filter(isPage)) {
        const most = path === 'crisis/index.html' ? 1 : path.startsWith('crisis/') ? 2 : 3;
        if (!clicks.has(path))
            say(path, 1, 'no link leads here from index.html');
        else if (clicks.get(path) > most)
            say(path, 1, `${clicks.get(path)} clicks from index.html, ${most} at most`);
    }
}

const percentile = (list, share) => [...list].sort((a, b) => a - b)[Math.max(0, Math.ceil(list.length * share) - 1)] ?? 0;

function checkBudgets(site, pages, say) {
    const zipped = (path) => gzipSync(site.get(path)).length;
    const over = (path, what, is, most) => is > most && say(path, 1, `${what} is ${Math.round(is)}, ${most} at most`);
    const html = [...pages.values()].filter((p) => isPage(p.path));
    const plain = html.filter((p) => !isList(p.path) && p.path !== 'card.html');
    const size = (p) => site.get(p.path).length;
    over('.', 'size of a page (95 %)', percentile(plain.map(size), 0.95), budgets.htmlBytes);
    over('.', 'zipped size of a page (95 %)', percentile(plain.map((p) => zipped(p.path)), 0.95), budgets.htmlZipped);
    over('.', 'elements of a page (95 %)', percentile(plain.map((p) => p.elements.length), 0.95), budgets.nodes);
    for (const p of html.filter((x) => isList(x.path)))
        over(p.path, 'size of a list', size(p), budgets.registerBytes);
    if (site.has('crisis/index.html'))
        over('crisis/index.html', 'size', site.get('crisis/index.html').length, budgets.crisisBytes);
    if (site.has('card.html'))
        over('card.html', 'size', site.get('card.html').length, budgets.cardBytes);
    const sum = (list) => list.reduce((n, x) => n + x, 0);
    const paths = [...site.keys()];
    over('assets', 'zipped size of style sheets', sum(paths.filter((p) => extension(p) === 'css').map(zipped)), budgets.cssZipped);
    over('assets', 'zipped size of scripts', sum(paths.filter((p) => extension(p) === 'js' && !isSearch(p)).map(zipped)), budgets.scriptsZipped);
    if (html.length >= 50)
        over('.', 'bytes for each page', sum(paths.filter((p) => extension(p) !== 'pdf').map((p) => site.get(p).length)) / html.length, budgets.bytesEachPage);
}

function checkCsv(path, source, say) {
    let columns;
    let line = 1;
    for (const row of source.matchAll(/((?:"(?:[^"]|"")*"|[^",\r\n]*)(?:,(?:"(?:[^"]|"")*"|[^",\r\n]*))*)(\r?\n|$)/g)) {
        if (row[0] === '')
            break;
        const cells = [...`,${row[1]}`.matchAll(/,(?:"((?:[^"]|"")*)"|([^",]*))/g)].map((c) => c[1] ?? c[2]);
        columns ??= cells.length;
        if (cells.length !== columns)
            say(path, line, `${cells.length} cells, ${columns} columns`);
        for (const cell of cells.filter((c) => /^[=+@\t\r]|^-(?![\d.]+$)/.test(c)))
            say(path, line, `a spreadsheet would run '${cell.slice(0, 40)}'`);
        line += row[0].split('\n').length - 1;
    }
}

function checkOther(path, source, say) {
    if (extension(path) === 'json') {
        try {
            JSON.parse(source);
        } catch (error) {
            say(path, 1, error.message);
        }
    }
    if (extension(path) === 'csv')
        checkCsv(path, source, say);
    const calls = /\b(fetch|eval|XMLHttpRequest|importScripts|document\.write|innerHTML|outerHTML|insertAdjacentHTML|serviceWorker)\b|\bimport\s*\(|new Function\b/;
    if (extension(path) === 'js' && calls.test(source))
        say(path, lineAt(source, calls.exec(source).index), `'${calls.exec(source)[0]}' fails from disk or opens a hole`);
    if (extension(path) === 'css' && /@import|url\(\s*['"]?(?:https?:)?\/\//.test(source))
        say(path, 1, 'a style sheet fetches nothing');
}

// Checks the whole site; gives the number of files that were read.
export function checkSite(site, say) {
    const pages = new Map();
    for (const [path, bytes] of site) {
        checkName(path, say);
        if (bytes.length === 0)
            say(path, 1, 'an empty file');
        if (['png', 'jpg', 'pdf'].includes(extension(path)))
            continue;
        const source = bytes.toString('utf8');
        if (!isPage(path) && extension(path) !== 'svg') {
            checkOther(path, source, say);
            continue;
        }
        const page = { path, source, ids: new Set(), leadsTo: new Set(), ...read(source, isPage(path)) };
        pages.set(path, page);
        for (const { at, message } of page.problems)
            say(path, lineAt(source, at), message);
        checkElements(page, say);
        checkIdReferences(page, say);
        if (isCard(path))
            checkCard(page, say);
        if (isPage(path)) {
            checkHead(page, say);
            checkLeftovers(page, say);
        }
    }
    for (const page of pages.values())
        checkAddresses(site, pages, page, say);
    if (!site.has('index.html'))
        say('index.html', 1, 'is not there');
    checkReachable(pages, say);
    checkBudgets(site, pages, say);
    return site.size;
}
