// bench/workspace: a workspace of N documents of 6–8 KB and N/10 records, always the same bytes.
//
// The text is made of the words of the trade, so that hyphenation, search and line breaking
// meet what they meet in life. The same documents can be written for hugo and mkdocs: only the
// front matter and the address of a link differ.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const words = (text) => text.trim().split(/\s+/);
const actors = words(`team manager coordinator supplier operator director auditor engineer
    receptionist customer regulator deputy planner facilitator warehouse treasury payroll`);
const verbs = words(`confirms restores reviews records activates escalates verifies transfers
    rehearses approves isolates reports prioritises contacts documents replaces monitors`);
const things = words(`service contract assembly-point recovery-site generator network payroll-run
    call-tree backup workaround decision-log situation-report resource register checklist
    obligation dependency shipment vaccine ledger telephone-exchange customer-notice`);
const whens = [
    'within the hour', 'before the next shift', 'at the daily meeting', 'without delay',
    'once the building is safe', 'after two failed attempts', 'as the plan says',
    'until normal service resumes', 'on the first working day', 'when the threshold is met',
];
const topics = [
    'Purpose and scope', 'When to activate', 'The first hour', 'Roles and deputies',
    'Communication', 'Resources', 'Dependencies', 'Recovery steps', 'Standing down', 'Records',
];

// mulberry32: small, and the same on every machine.
function random(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let t = state;
        t = Math.imul(t ^ (t >>> 15), t | 1);
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
}

const folder = (i) => String(Math.floor(i / 100)).padStart(3, '0');
const name = (i) => `doc-${String(i).padStart(5, '0')}`;
export const code = (i) => name(i).toUpperCase();

function writer(seed) {
    const next = random(seed);
    const pick = (list) => list[Math.floor(next() * list.length)];
    const sentence = () => {
        const thing = pick(things).replaceAll('-', ' ');
        const mark = next();
        const object = mark < 0.06 ? `**${thing}**` : mark < 0.1 ? `*${thing}*` : thing;
        const text = `the ${pick(actors)} ${pick(verbs)} the ${object} ${pick(whens)}`;
        return `${text[0].toUpperCase()}${text.slice(1)}.`;
    };
    const sentences = (count) => Array.from({ length: count }, sentence).join(' ');
    return { next, pick, sentence, sentences };
}

// The body of document i of count; `link` says what the address of another one is.
function body(i, count, link) {
    const { next, pick, sentence, sentences } = writer(i + 1);
    const other = () => Math.floor(next() * count);
    const out = [];
    for (const [n, topic] of topics.entries()) {
        out.push(`## ${topic}`, sentences(3 + Math.floor(next() * 3)));
        if (n % 3 === 0) {
            const to = other();
            out.push(`See [${topics[to % topics.length]} of ${code(to)}](${link(i, to)}). ${sentences(2)}`);
        }
        if (n % 2 === 1)
            out.push(Array.from({ length: 5 }, (_, k) => `${n % 4 === 1 ? `${k + 1}.` : '-'} ${sentence()}`).join('\n'));
        if (n === 5) {
            const rows = Array.from({ length: 8 }, (_, k) =>
                `| ${k + 1} | ${pick(actors)} | ${pick(things)} | ${1 + Math.floor(next() * 72)} h |`);
            out.push(['| Step | Who | What | Within |', '|---|---|---|---:|', ...rows].join('\n'));
        }
        if (n === 7)
            out.push('```sh\nsystemctl status payroll\nrsync -a /srv/payroll/ standby:/srv/payroll/\n```', `> ${sentences(2)}`);
    }
    while (Buffer.byteLength(out.join('\n\n')) < 6200 + (i % 7) * 220)
        out.push(sentences(4));
    return `${out.join('\n\n')}\n`;
}

const title = (i) => `${topics[i % topics.length]} for site ${i}`;
const kinds = ['policy', 'procedure', 'plan', 'guide', 'form'];

const formats = {
    continuo: {
        root: 'content/documents',
        link: (_, to) => code(to),
        front: (i) => `---\nid: ${code(i)}\ntitle: ${title(i)}\nkind: ${kinds[i % kinds.length]}\n` +
            `version: "1.${i % 9}"\nversion_date: 2026-0${1 + (i % 5)}-1${i % 9}\n` +
            `owner: ROL-${String(1 + (i % 40)).padStart(3, '0')}\nclass: internal\n---\n\n`,
    },
    hugo: {
        root: 'content',
        link: (_, to) => `../../${folder(to)}/${name(to)}/`,
        front: (i) => `---\ntitle: ${title(i)}\ndate: 2026-0${1 + (i % 5)}-1${i % 9}\n---\n\n`,
    },
    mkdocs: {
        root: 'docs',
        link: (_, to) => `../${folder(to)}/${name(to)}.md`,
        front: (i) => `---\ntitle: ${title(i)}\n---\n\n# ${title(i)}\n\n`,
    },
};

function records(into, count) {
    const { sentences, pick } = writer(7);
    const list = (type, n, fields) => {
        const items = Array.from({ length: n }, (_, k) => fields(k + 1, String(k + 1).padStart(3, '0')));
        writeFileSync(join(into, `${type}.yaml`), items.join(''));
    };
    list('organisation', 1, () => '- id: ORG-001\n  title: Example\n  legal_name: Example Limited\n');
    list('unit', 20, (_, id) => `- id: UNT-${id}\n  title: Unit ${id}\n  head: ROL-${id}\n`);
    list('role', 40, (k, id) => `- id: ROL-${id}\n  title: Role ${id}\n  kind: recovery\n  holder: PER-${id}\n`);
    list('person', 40, (k, id) => `- id: PER-${id}\n  title: Person ${id}\n  unit: UNT-001\n`);
    list('activity', Math.ceil(count / 20), (k, id) => `- id: ACT-${id}\n  title: Activity ${id}\n` +
        `  unit: UNT-${String(1 + (k % 20)).padStart(3, '0')}\n  owner: ROL-001\n  mtpd: 3d\n  rto: 1d\n` +
        `  description: ${sentences(2)}\n  dependencies:\n    - on: SUP-${id}\n      criticality: stops\n`);
    list('supplier', Math.ceil(count / 20), (k, id) => `- id: SUP-${id}\n  title: Supplier ${id}\n` +
        `  services: [${pick(things)}]\n  owner: ROL-002\n  notes: ${sentences(2)}\n`);
}

// Writes the workspace for one tool below `into`; gives the bytes of Markdown.
export function makeWorkspace(into, tool, count) {
    const format = formats[tool];
    let bytes = 0;
    for (let i = 0; i < count; i++) {
        const place = join(into, format.root, folder(i));
        if (i % 100 === 0)
            mkdirSync(place, { recursive: true });
        const text = format.front(i) + body(i, count, format.link);
        bytes += Buffer.byteLength(text);
        writeFileSync(join(place, `${name(i)}.md`), text);
    }
    if (tool === 'continuo') {
        const place = join(into, 'content/records');
        mkdirSync(place, { recursive: true });
        records(place, count);
        writeFileSync(join(into, 'content/continuo.yaml'), 'title: Bench\nas_of: 2026-06-30\norganisation: ORG-001\n');
    }
    return bytes;
}
