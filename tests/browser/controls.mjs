// browser/controls: pages that break each promise once; a test that sees nothing there is blind.
import { check, open, serve } from './lib.mjs';
import { contrast, overflow, unsaidOnPaper, unseenWords, violations } from './look.mjs';

const page = (body, head = '') => `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"
content="default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; img-src *">
<title>Control</title>${head}</head><body><main><h1>Control</h1>${body}</main></body></html>`;

const pages = new Map(Object.entries({
    'script.html': page('<script>document.title = "ran"</script>'),
    'request.html': page('<img src="http://127.0.0.1:9/x.png" alt="x">'),
    'missing.html': page('<img src="gone.png" alt="x">'),
    'axe.html': page('<input type="text">'),
    'dark.html': page('<p>pale</p>', '<style>@media (prefers-color-scheme: dark) { body { background: #222; color: #333 } }</style>'),
    'wide.html': page('<div class="w">wide</div>', '<style>.w { width: 900px }</style>'),
    'hidden.html': page('<p hidden>lost words</p><details><summary>more</summary><p>folded</p></details>'),
    'paper.html': page('<table><tbody><tr><td>1</td></tr><tr><td>2</td></tr></tbody></table><p class="on-paper">1 of 2 rows</p>'),
    'throws.js': 'throw new Error("on purpose")',
    'throws.html': page('', '<script src="throws.js"></script>'),
}));

export async function proveTheWires(browser, folder) {
    const server = await serve(folder, pages);
    const visit = async (path, options, look) => {
        const { page: tab, wires, close } = await open(browser, server.root + path, server.root, options);
        const found = look ? await look(tab) : wires.join('; ');
        await close();
        return String(found);
    };
    const trips = async (path, expected, look, options) => {
        const found = await visit(path, options, look);
        check(expected.test(found), `control ${path} is seen`, found || 'nothing');
    };
    await trips('script.html', /Content Security Policy/);
    await trips('request.html', /request: http:\/\/127\.0\.0\.1:9\//);
    await trips('missing.html', /status 404/);
    await trips('throws.html', /on purpose/);
    await trips('axe.html', /label/, (tab) => violations(tab));
    await trips('dark.html', /color-contrast/, (tab) => violations(tab, contrast), { colorScheme: 'dark' });
    await trips('wide.html', /px too wide/, overflow, { viewport: { width: 320, height: 640 } });
    await trips('hidden.html', /^lost words$/, unseenWords, { javaScriptEnabled: false });
    await trips('paper.html', /^2 rows, "1 of 2 rows"$/, unsaidOnPaper, { javaScriptEnabled: false });
    server.stop();
}
