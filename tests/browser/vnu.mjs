// browser/vnu: the Nu HTML checker reads one page of every kind; no error, no warning.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check } from './lib.mjs';

const jar = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

function messages(files) {
    const run = spawnSync('java', ['-Xss4m', '-jar', jar, '--format', 'json', '--stdout', ...files], { encoding: 'utf8', maxBuffer: 1 << 26 });
    if (run.error)
        throw new Error(`the HTML checker needs Java (apt-get install default-jre-headless): ${run.error.message}`);
    return JSON.parse(run.stdout).messages;
}

export function validate(folder, paths) {
    const place = mkdtempSync(join(tmpdir(), 'vnu-'));
    const control = join(place, 'control.html');
    writeFileSync(control, '<!DOCTYPE html><html lang="en"><head><title>x</title></head><body><ul><p>x</p></ul></body></html>');
    // From disk the checker takes 'self' for nothing; that the policy holds is seen in the browser.
    const all = messages([control, ...paths.map((path) => join(folder, path))])
        .filter((m) => !m.message.startsWith('Resource violates Content Security Policy'));
    check(all.some((m) => m.url.endsWith('control.html')), 'control: the HTML checker sees <p> in <ul>');
    for (const path of paths) {
        const found = all.filter((m) => m.url.endsWith(`/${path}`) && !m.url.endsWith('control.html'));
        check(found.length === 0, `${path}: valid HTML`, found.slice(0, 5).map((m) => `${m.lastLine}: ${m.message}`).join('; '));
    }
    rmSync(place, { recursive: true });
}
