// bench: what a build of many documents costs, beside the floor, hugo and mkdocs.
//
//   bench.mjs FOLDER      where the programs continuo, measure and floor are
//
// BENCH_DOCS (10000) documents, BENCH_ROUNDS (3) rounds in which all tools run in turn; each
// figure is the median of its rounds, so ratios hold on a noisy machine. Tools that are not
// installed are left out, and that is said. Everything happens in memory (/dev/shm) and is
// removed at the end.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeWorkspace } from './workspace.mjs';

const programs = resolve(process.argv[2] ?? '.build/release');
const documents = Number(process.env.BENCH_DOCS ?? 10000);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const few = Math.max(100, Math.round(documents / 10));
const place = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'continuo-bench-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => process.exit(130));

const installed = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

function hugoTheme(folder) {
    const layouts = join(folder, 'layouts/_default');
    mkdirSync(layouts, { recursive: true });
    writeFileSync(join(folder, 'config.toml'), 'title = "Bench"\nbaseURL = "/"\nrelativeURLs = true\n' +
        'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "404"]\n');
    writeFileSync(join(layouts, 'baseof.html'), `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<header><a href="{{ .Site.Home.RelPermalink }}">{{ .Site.Title }}</a></header>
<nav><ol>{{ range .Ancestors }}<li><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></li>{{ end }}</ol></nav>
<main>{{ block "main" . }}{{ end }}</main><footer>{{ .Date.Format "2006-01-02" }}</footer></body></html>
`);
    writeFileSync(join(layouts, 'single.html'), `{{ define "main" }}<h1>{{ .Title }}</h1>{{ .TableOfContents }}{{ .Content }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}
`);
    writeFileSync(join(layouts, 'list.html'), `{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
`);
}

// Each tool: how its workspace is laid out, and the command that builds it into `out`.
const tools = {
    continuo: {
        layout: 'continuo',
        command: (input, out) => [join(programs, 'continuo'), 'build', '-q', '--only', 'html', '-C', input, '-o', out],
    },
    floor: {
        layout: 'continuo',
        command: (input, out) => [join(programs, 'floor'), join(input, 'content/documents'), out],
    },
    hugo: {
        layout: 'hugo', prepare: hugoTheme,
        command: (input, out) => ['hugo', '--quiet', '-s', input, '-d', out],
    },
    mkdocs: {
        layout: 'mkdocs', slow: true,
        prepare: (folder) => writeFileSync(join(folder, 'mkdocs.yml'),
            'site_name: Bench\ntheme: {name: null, custom_dir: theme}\nplugins: []\n'),
        command: (input, out) => ['mkdocs', 'build', '-q', '-f', join(input, 'mkdocs.yml'), '-d', out],
    },
};

function mkdocsTheme(folder) {
    mkdirSync(join(folder, 'theme'), { recursive: true });
    writeFileSync(join(folder, 'theme/main.html'), '<!DOCTYPE html>\n<html lang="en"><head><title>{{ page.title }}</title></head>' +
        '<body>{{ page.toc }}{{ page.content }}</body></html>\n');
}

function measure(tool, input, out) {
    const log = join(place, 'log');
    mkdirSync(out, { recursive: true });
    const run = spawnSync(join(programs, 'measure'), [log, ...tools[tool].command(input, out)], { encoding: 'utf8' });
    const [status, wall, cpu, largest, together] = (run.stdout ?? '').trim().split(' ').map(Number);
    if (run.status !== 0 || status !== 0) {
        console.error(`${tool} ended with status ${status}:\n${readFileSync(log, 'utf8').slice(0, 4000)}`);
        process.exit(1);
    }
    return { wall, cpu, largest: largest / 1024, together: together / 1024 };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const medians = (runs) => Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((r) => r[key]))]));

function countFiles(folder, end) {
    return readdirSync(folder, { withFileTypes: true }).reduce((n, e) =>
        n + (e.isDirectory() ? countFiles(join(folder, e.name), end) : Number(e.name.endsWith(end))), 0);
}

// All tools in turn, round after round, each into a folder that is empty.
function compare(count, names) {
    const inputs = {};
    for (const name of names) {
        const { layout, prepare } = tools[name];
        inputs[layout] ??= join(place, `${layout}-${count}`);
        if (existsSync(inputs[layout]))
            continue;
        makeWorkspace(inputs[layout], layout, count);
        prepare?.(inputs[layout]);
        if (layout === 'mkdocs')
            mkdocsTheme(inputs[layout]);
    }
    const runs = Object.fromEntries(names.map((name) => [name, []]));
    const again = [];
    for (let round = 0; round < rounds; round++) {
        for (const name of names) {
            const out = join(place, 'out');
            if (tools[name].slow && round > 0)
                continue;
            runs[name].push(measure(name, inputs[tools[name].layout], out));
            const pages = countFiles(out, '.html');
            if (pages < count)
                throw new Error(`${name} made ${pages} pages of ${count} documents`);
            if (name === 'continuo')
                again.push(measure(name, inputs.continuo, out));
            rmSync(out, { recursive: true });
        }
    }
    for (const folder of Object.values(inputs))
        rmSync(folder, { recursive: true });
    return { ...Object.fromEntries(names.map((name) => [name, medians(runs[name])])), again: medians(again) };
}

function row(name, count, r, ours) {
    const ratio = (key) => (name.startsWith('continuo') ? '' : `${(r[key] / ours[key]).toFixed(2)} ×`);
    console.log([name.padEnd(16), `${Math.round(count / r.wall)}`.padStart(8), r.cpu.toFixed(2).padStart(9), ratio('cpu').padStart(9),
        r.wall.toFixed(2).padStart(9), ratio('wall').padStart(9), r.largest.toFixed(0).padStart(9), r.together.toFixed(0).padStart(9)].join(' '));
}

function table(count, results) {
    console.log(`\n${count} documents, median of ${rounds}; × is the cost against continuo's full build`);
    console.log('                   docs/s     CPU s         ×    wall s         ×   peak MB   all MB');
    for (const [name, r] of Object.entries(results))
        row(name === 'again' ? 'continuo again' : name, count, r, results.continuo);
}

const present = Object.keys(tools).filter((name) => name === 'continuo' || name === 'floor' || installed(name));
for (const name of Object.keys(tools).filter((n) => !present.includes(n)))
    console.log(`${name} is not installed and is left out (apt-get install ${name})`);

const small = compare(few, present);
table(few, small);
const large = compare(documents, present);
table(documents, large);

const grows = (large.continuo.cpu / documents) / (small.continuo.cpu / few);
const each = (large.continuo.together - small.continuo.together) * 1024 / (documents - few);
console.log(`\nCPU a document at ${documents} over ${few}: ${grows.toFixed(2)} (must be at most 1.15)`);
console.log(`memory: ${large.continuo.together.toFixed(0)} MB (at most 64), ${each.toFixed(1)} KB for each further document (at most 4)`);
console.log(`against the floor: ${(large.continuo.cpu / large.floor.cpu).toFixed(2)} times its CPU (at most 1.35)`);
if (large.hugo)
    console.log(`against hugo: ${(large.hugo.cpu / large.continuo.cpu).toFixed(1)} times less CPU (at least 6), ` +
        `${(large.hugo.wall / large.continuo.wall).toFixed(1)} times faster (at least 5)`);
console.log(`nothing changed: ${(100 * large.again.cpu / large.continuo.cpu).toFixed(1)} % of the full build's CPU (at most 6)`);
