// browser/look: what must hold on every kind of page, from disk and over http.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { attempt, check, diskRoot, fewRecords, inPairs, open } from './lib.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export async function violations(page, only = { type: 'tag', values: levels }) {
    await page.evaluate(axe);
    return page.evaluate(async (runOnly) => {
        const result = await globalThis.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false });
        return result.violations.map((v) => `${v.id} (${v.impact}) at ${v.nodes.slice(0, 3).map((n) => n.target.join(' ')).join(' | ')}`);
    }, only);
}

export const contrast = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };

// How far the page is wider than the window, and what makes it so.
export function overflow(page) {
    return page.evaluate(() => {
        const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
        if (wide <= 0)
            return '';
        // A region that scrolls holds what is in it, but not what is positioned past it.
        const style = (e) => getComputedStyle(e);
        const held = (e, free) => e && ((style(e).overflowX !== 'visible' && !(free && style(e).position === 'static')) ||
            held(e.parentElement, free && style(e).position === 'static'));
        const right = (e) => e.getBoundingClientRect().right;
        const tooWide = [...document.querySelectorAll('body *')]
            .filter((e) => right(e) > innerWidth + 1 && !held(e.parentElement, style(e).position === 'absolute'));
        const worst = tooWide.sort((a, b) => right(b) - right(a) || (a.contains(b) ? 1 : -1))[0];
        return `${wide} px too wide, by <${worst?.localName} class="${worst?.getAttribute('class') ?? ''}"> ` +
            `"${worst?.textContent.trim().slice(0, 20)}" in <${worst?.parentElement.localName}>`;
    });
}

// Words in the content that no one sees; what is folded away, or meant for ears or for paper only, is fine.
export function unseenWords(page) {
    return page.evaluate(() => {
        const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, NodeFilter.SHOW_TEXT);
        const lost = [];
        for (let node; (node = walker.nextNode());) {
            const range = document.createRange();
            range.selectNodeContents(node);
            const folded = node.parentElement.closest('details:not([open]), .unseen, .on-paper, title, desc');
            if (node.data.trim() && !folded && range.getClientRects().length === 0)
                lost.push(node.data.trim().slice(0, 40));
        }
        return lost.join(' | ');
    });
}

// What paper says of rows that it leaves out, where it is not what is to be seen there.
export function unsaidOnPaper(page) {
    return page.evaluate(() => {
        const isSeen = (e) => e.getClientRects().length > 0;
        const wrong = [];
        for (const said of document.querySelectorAll('.on-paper')) {
            const rows = [...said.parentElement.querySelectorAll('tbody tr')].filter(isSeen);
            if (!isSeen(said) || !said.textContent.startsWith(`${rows.length} of `))
                wrong.push(`${rows.length} rows, "${said.textContent.trim()}"`);
        }
        return wrong.join(' | ');
    });
}

async function asShipped(browser, root, path) {
    const { page, wires, close } = await open(browser, root + path, root);
    const facts = await page.evaluate(() => ({
        title: document.title,
        lang: document.documentElement.lang,
        tops: document.querySelectorAll('h1').length,
        csp: document.querySelector('meta[http-equiv="Content-Security-Policy"]') !== null,
    }));
    check(facts.title && facts.lang && facts.tops === 1 && facts.csp, `${path}: title, language, one h1, policy`, JSON.stringify(facts));
    if (root.startsWith('file:')) {
        const found = await violations(page);
        check(found.length === 0, `${path}: axe`, found.join('; '));
        await page.emulateMedia({ colorScheme: 'dark' });
        const dark = await violations(page, contrast);
        check(dark.length === 0, `${path}: axe, dark`, dark.join('; '));
        await page.setViewportSize({ width: 320, height: 640 });
        const wide = await overflow(page);
        check(wide === '', `${path}: at 320 px`, wide);
    }
    check(wires.length === 0, `${root.slice(0, 4)} ${path}: no error, no request elsewhere`, wires.join('; '));
    await close();
}

async function withoutScripts(browser, root, path) {
    const { page, wires, close } = await open(browser, root + path, root, { javaScriptEnabled: false });
    const lost = await unseenWords(page);
    check(lost === '', `${path}: all words without scripts`, lost);
    await page.emulateMedia({ media: 'print' });
    const unsaid = await unsaidOnPaper(page);
    check(unsaid === '', `${path}: rows that paper leaves out are counted`, unsaid);
    check(wires.length === 0, `${path}: no error without scripts`, wires.join('; '));
    await close();
}

export async function lookAtAll(browser, folder, server, paths) {
    const disk = diskRoot(folder);
    const inDetail = new Set(fewRecords(paths));
    await inPairs(paths, async (path) => {
        await attempt(path, () => asShipped(browser, disk, path));
        if (inDetail.has(path)) {
            await attempt(path, () => asShipped(browser, server.root, path));
            await attempt(path, () => withoutScripts(browser, disk, path));
        }
    });
}
