// pages: reads every file of finished sites, as the writers meant it or not.
//
//   pages.mjs FOLDER…
//
// First the checks themselves are tried on a sound site and on each way to spoil it.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkSite } from './pages/checks.mjs';
import { sound, spoilt } from './pages/fixtures.mjs';

let passed = 0;
let failed = 0;
const count = (fine) => (fine ? passed++ : failed++);

function findings(files) {
    const found = [];
    checkSite(new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)])),
        (path, line, message) => found.push(`${path}:${line}: ${message}`));
    return found;
}

function checkFixtures() {
    const first = findings(sound);
    count(first.length === 0);
    if (first.length)
        console.log(`tests/pages/fixtures.mjs: the sound site is refused: ${first.join('\n')}`);
    for (const [files, expected] of spoilt) {
        const found = findings({ ...sound, ...files }).filter((f) => f.includes(expected));
        count(found.length > 0);
        if (found.length === 0)
            console.log(`tests/pages/fixtures.mjs: nothing said '${expected}'`);
    }
}

function load(folder, below, into, say) {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
        const path = below ? `${below}/${entry.name}` : entry.name;
        if (entry.isDirectory())
            load(folder, path, into, say);
        else if (entry.isFile())
            into.set(path, readFileSync(join(folder, path)));
        else
            say(path, 1, 'neither a file nor a folder');
    }
    return into;
}

checkFixtures();
for (const folder of process.argv.slice(2)) {
    const bad = new Map();
    const say = (path, line, message) => {
        console.log(`${join(folder, path)}:${line}: ${message}`);
        bad.set(path, (bad.get(path) ?? 0) + 1);
    };
    const site = load(folder, '', new Map(), say);
    checkSite(site, say);
    passed += [...site.keys()].filter((path) => !bad.has(path)).length;
    failed += [...bad.values()].reduce((n, x) => n + x, 0);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
