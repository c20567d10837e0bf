// pdf: what a page of paper costs, beside other tools on the same text; and whether many
// documents, long documents and long tables cost no more than their share.
//
//   pdf.mjs FOLDER      where the programs continuo, measure and paper are
//
// BENCH_ROUNDS (3) rounds in which all tools run in turn; each figure is the median of its rounds,
// so ratios hold on a noisy machine. BENCH_PDFS (10000) small documents. Tools that are not
// installed are left out, and that is said. Everything happens in memory (/dev/shm) and is
// removed at the end. What grows faster than its share fails.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeText } from './text.mjs';

const programs = resolve(process.argv[2] ?? '.build/release');
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const many = Number(process.env.BENCH_PDFS ?? 10000);
const place = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'continuo-bench-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'])
    process.on(signal, () => process.exit(130));

const installed = (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;
const at = (name) => join(place, name);

const chapters = 17;
const text = makeText(chapters);
writeFileSync(at('text.md'), text.markdown);
writeFileSync(at('text.html'), text.html);
writeFileSync(at('text.typ'), text.typst);
writeFileSync(at('small.md'), makeText(1).markdown.slice(0, 2500));

const tools = {
    continuo: { command: (out) => [join(programs, 'continuo'), 'render', '-q', at('text.md'), '--to', 'pdf', '-o', out] },
    typst: { from: 'a program `typst` on the PATH', command: (out) => ['typst', 'compile', at('text.typ'), out] },
    weasyprint: { from: 'apt-get install weasyprint', command: (out) => ['weasyprint', '-q', at('text.html'), out] },
    chromium: {
        from: 'apt-get install chromium',
        command: (out) => ['chromium', '--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${at('profile')}`,
            '--no-pdf-header-footer', `--print-to-pdf=${out}`, `file://${at('text.html')}`],
    },
};

function measure(name, command) {
    const run = spawnSync(join(programs, 'measure'), [at('log'), ...command], { encoding: 'utf8' });
    const [status, wall, cpu, largest, together] = (run.stdout ?? '').trim().split(' ').map(Number);
    if (run.status !== 0 || status !== 0) {
        console.error(`${name} ended with status ${status}:\n${readFileSync(at('log'), 'utf8').slice(0, 4000)}`);
        process.exit(1);
    }
    return { wall, cpu, largest: largest / 1024, together: together / 1024 };
}

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const medians = (runs) => Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((r) => r[key]))]));
const pagesOf = (pdf) => Number(/^Pages: +(\d+)$/m.exec(spawnSync('pdfinfo', [pdf], { encoding: 'utf8' }).stdout)?.[1]);

function render(name) {
    const out = at('out.pdf');
    rmSync(out, { force: true });
    const figures = measure(name, tools[name].command(out));
    return { ...figures, pages: pagesOf(out), bytes: statSync(out).size };
}

function row(name, r, ours) {
    const a = { ms: 1000 * r.cpu / r.pages, kb: r.bytes / r.pages / 1024, mb: r.together };
    const b = { ms: 1000 * ours.cpu / ours.pages, kb: ours.bytes / ours.pages / 1024, mb: ours.together };
    const cell = (key, digits) => `${a[key].toFixed(digits).padStart(9)} ${(r === ours ? '' : `${(a[key] / b[key]).toFixed(1)} ×`).padStart(8)}`;
    console.log(`${name.padEnd(12)} ${String(r.pages).padStart(5)} ${r.cpu.toFixed(3).padStart(8)} ${cell('ms', 2)} ${cell('kb', 1)} ${cell('mb', 0)}`);
}

function beside() {
    const present = Object.keys(tools).filter((name) => name === 'continuo' || installed(name));
    for (const name of Object.keys(tools).filter((n) => !present.includes(n)))
        console.log(`${name} is not installed and is left out (${tools[name].from})`);
    const runs = Object.fromEntries(present.map((name) => [name, []]));
    for (let round = 0; round < rounds; round++)
        for (const name of present)
            runs[name].push(render(name));
    const words = text.markdown.split(/\s+/).length;
    console.log(`\n${words} words in ${chapters} chapters, each tool with its start, median of ${rounds}; × is the cost against continuo's`);
    console.log('             pages    CPU s   ms/page          KB/page           peak MB');
    const results = Object.fromEntries(present.map((name) => [name, medians(runs[name])]));
    for (const [name, r] of Object.entries(results))
        row(name, r, results.continuo);
}

// A step that costs more for each of its things than the step before it grows faster than they do.
const mostGrowth = 1.3;
let failed = 0;

function judge(grows) {
    failed += !(grows <= mostGrowth);
    return `${grows.toFixed(2)}${grows <= mostGrowth ? '' : '  FAIL'}`;
}

// Three sizes of something: from the second to the third, one more must cost no more than from the
// first to the second. So neither the start nor the machine counts.
function growth(what, sizes, command) {
    const runs = sizes.map(() => []);
    for (let round = 0; round < rounds; round++)
        sizes.forEach((n, i) => runs[i].push({ ...measure(what, command(n)), pages: pagesOf(at('grown.pdf')) }));
    const results = runs.map(medians);
    results.forEach((r, i) => console.log(`${(i === 0 ? what : '').padEnd(14)} ${String(sizes[i]).padStart(6)} ${String(r.pages).padStart(6)} ` +
        `${r.cpu.toFixed(2).padStart(7)} ${(1000 * r.cpu / r.pages).toFixed(2).padStart(8)} ${r.largest.toFixed(0).padStart(8)}` +
        (i < 2 ? '' : `   ${judge(step(results, sizes, 'cpu'))} time, ${judge(step(results, sizes, 'largest'))} memory`)));
}

function step(results, sizes, key) {
    const cost = (i) => (results[i][key] - results[i - 1][key]) / (sizes[i] - sizes[i - 1]);
    return cost(2) / cost(1);
}

function alone() {
    const paper = join(programs, 'paper');
    measure('paper', [paper, 'book', at('text.md'), '10', at('grown.pdf')]);
    const one = pagesOf(at('grown.pdf')) / 10;
    const headings = (n) => writeFileSync(at('headings.md'), Array.from({ length: n }, (_, i) => `# Heading ${i}\n\n`).join(''));
    console.log(`\nalone: does a page, a row, a heading, a drawing cost more where there are many (above ${mostGrowth} ×)?`);
    console.log('                count  pages   CPU s  ms/page  peak MB   growth');
    const copies = [300, 1000, 3000].map((pages) => Math.ceil(pages / one));
    growth('chapters', copies.map((n) => n * chapters), (n) => [paper, 'book', at('text.md'), String(n / chapters), at('grown.pdf')]);
    growth('rows', [1000, 3000, 10000], (n) => [paper, 'rows', String(n), at('grown.pdf')]);
    growth('headings', [5000, 15000, 50000], (n) => (headings(n), [paper, 'book', at('headings.md'), '1', at('grown.pdf')]));
    growth('drawings', [5000, 15000, 50000], (n) => [paper, 'maps', String(n), at('grown.pdf')]);
}

function together() {
    const paper = join(programs, 'paper'), workers = availableParallelism();
    const few = Math.max(100, Math.round(many / 10));
    const [a, b] = [few, many].map((n) => measure('paper', [paper, 'many', at('small.md'), String(n), String(workers)]));
    const bytes = Number(readFileSync(at('log'), 'utf8').trim());
    const row = (n, r) => `${String(n).padStart(6)} ${(1000 * r.cpu / n).toFixed(2).padStart(8)} ms CPU each ${r.wall.toFixed(1).padStart(7)} s ${r.together.toFixed(0).padStart(5)} MB`;
    console.log(`\nsmall documents of ${(bytes / many / 1024).toFixed(1)} KB by ${workers} workers`);
    console.log(row(few, a));
    console.log(`${row(many, b)}   ${judge(b.cpu / many / (a.cpu / few))} time, ${judge(b.together / a.together)} memory in all`);
}

beside();
alone();
together();
process.exitCode = failed ? 1 : 0;
