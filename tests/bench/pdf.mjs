// pdf: what a page of paper costs, beside other tools on the same text; and whether many
// documents, long documents and long tables cost no more than their share.
//
//   pdf.mjs FOLDER      where the programs continuo, measure and paper are
//
// BENCH_ROUNDS (3) rounds in which all tools run in turn; each figure is the median of its rounds,
// so ratios hold on a noisy machine. BENCH_PDFS (10000) small documents. Tools that are not
// installed are left out, and that is said. Everything happens in memory (/dev/shm) and is
// removed at the end.
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

const text = makeText(17);
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
    console.log(`\n${words} words in 17 chapters, each tool with its start, median of ${rounds}; × is the cost against continuo's`);
    console.log('             pages    CPU s   ms/page          KB/page           peak MB');
    const results = Object.fromEntries(present.map((name) => [name, medians(runs[name])]));
    for (const [name, r] of Object.entries(results))
        row(name, r, results.continuo);
}

// The same for a small and a large measure of something: what one more costs must not grow.
function growth(what, unit, small, large, command) {
    const runs = { [small]: [], [large]: [] };
    for (let round = 0; round < rounds; round++)
        for (const n of [small, large])
            runs[n].push(measure(what, command(n)));
    const [a, b] = [medians(runs[small]), medians(runs[large])];
    const pages = pagesOf(at('grown.pdf'));
    const grows = (b.cpu / large) / (a.cpu / small);
    console.log(`${what.padEnd(22)} ${String(large).padStart(6)} ${unit.padEnd(7)} ${String(pages).padStart(6)} pages ${b.cpu.toFixed(2).padStart(7)} s CPU ` +
        `${(1000 * b.cpu / pages).toFixed(2).padStart(6)} ms/page ${b.together.toFixed(0).padStart(5)} MB; of ${small}: ${a.cpu.toFixed(2)} s; ` +
        `growth ${grows.toFixed(2)} (at most 1.15)`);
}

function alone() {
    const paper = join(programs, 'paper');
    const one = pagesOf((measure('paper', [paper, 'book', at('text.md'), '1', at('grown.pdf')]), at('grown.pdf')));
    const copies = (pages) => String(Math.ceil(pages / one));
    console.log('\nalone: does a page, a row, a document cost more where there are many?');
    growth('one document', 'pages', 1000, 3000, (n) => [paper, 'book', at('text.md'), copies(n), at('grown.pdf')]);
    growth('one register', 'rows', 1000, 10000, (n) => [paper, 'rows', String(n), at('grown.pdf')]);
    const few = Math.max(100, Math.round(many / 10));
    const command = (n, workers) => [paper, 'many', at('small.md'), String(n), String(workers)];
    const [a, b] = [few, many].map((n) => measure('paper', command(n, availableParallelism())));
    const bytes = Number(readFileSync(at('log'), 'utf8').trim());
    console.log(`${many} small documents by ${availableParallelism()} workers: ${(1000 * b.cpu / many).toFixed(2)} ms CPU and ` +
        `${(bytes / many / 1024).toFixed(1)} KB each, ${b.wall.toFixed(1)} s, ${b.together.toFixed(0)} MB (${few}: ${(1000 * a.cpu / few).toFixed(2)} ms, ` +
        `${a.together.toFixed(0)} MB)`);
}

beside();
alone();
