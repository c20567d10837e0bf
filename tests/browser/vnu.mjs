// browser/vnu: the Nu HTML checker reads one page of every kind; no error, no warning.
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { check, serve } from './lib.mjs';

const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const control = '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><ul><p>x</p></ul></body></html>';

// It fetches the pages over http, so that 'self' in their policies means something to it.
function messages(addresses) {
    return new Promise((done, fail) => {
        execFile('java', ['-Xss4m', '-Dnu.validator.servlet.allow-forbidden-hosts=true', '-jar', jar, '--format', 'json', '--stdout', ...addresses], { maxBuffer: 1 << 26 }, (error, out) => {
            if (error?.code === 'ENOENT')
                fail(new Error('the HTML checker needs Java (apt-get install default-jre-headless)'));
            else
                done(JSON.parse(out).messages);
        });
    });
}

// It knows no hash of a style sheet; that the card's is right is seen where Chromium applies it.
const isHashUnknown = (path, m) => path === 'card.html' && /Inline style violates Content Security Policy/.test(m.message);

export async function validate(folder, paths) {
    const server = await serve(folder, new Map([['control.html', control]]));
    const all = await messages(['control.html', ...paths].map((path) => server.root + path));
    const about = (path) => all.filter((m) => m.url === server.root + path && !isHashUnknown(path, m));
    check(about('control.html').length > 0, 'control: the HTML checker sees <p> in <ul>');
    for (const path of paths)
        check(about(path).length === 0, `${path}: valid HTML`, about(path).slice(0, 5).map((m) => `${m.lastLine}: ${m.message}`).join('; '));
    server.stop();
}
