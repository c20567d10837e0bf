// edition/small: a small organisation in a temporary folder, to be published a few times in seconds.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const program = resolve(process.argv[2]);
export const place = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'continuo-small-'));
process.on('exit', () => rmSync(place, { recursive: true, force: true }));
const key = join(place, 'key');
export const tally = { passed: 0, failed: 0 };

export function check(fine, message, found = '') {
    tally[fine ? 'passed' : 'failed']++;
    if (!fine)
        console.log(`FAIL ${message}${found ? `: ${String(found).slice(0, 900)}` : ''}`);
    return fine;
}

export function run(command, args, options = {}) {
    const r = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options });
    return { status: r.status, out: r.stdout ?? '', err: r.stderr ?? '' };
}

export function must(command, args) {
    const r = run(command, args);
    if (r.status !== 0)
        throw new Error(`${command} ${args.join(' ')}: ${r.out}${r.err}`);
    return r;
}

export function filesBelow(folder, below = '') {
    return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
        const path = below ? `${below}/${entry.name}` : entry.name;
        return entry.isDirectory() ? filesBelow(folder, path) : [path];
    }).sort();
}

export const settings = `title: Portal
organisation: ORG-001
audiences:
  - {id: staff, title: Staff, clearance: internal}
  - {id: audit, title: Auditor, clearance: restricted}
classes:
  - {of: organisation.title, class: restricted}
  - {of: acknowledgement, class: internal}
  - {of: person.out_of_band, class: confidential}
  - {of: copy.holder, class: restricted}
`;

export const openRecords = {
    'organisation.yaml': '- {id: ORG-001, title: Harbourlight, legal_name: L, class: internal}\n',
    'person.yaml': '- {id: PER-001, title: Ann, class: internal, out_of_band: OUTOFBAND}\n- {id: PER-002, title: Bo, class: internal}\n',
    'role.yaml': '- {id: ROL-001, title: Chief, kind: governance, class: internal, holder: PER-001}\n' +
        '- {id: ROL-002, title: Writer, kind: governance, class: internal, holder: PER-002, reports_to: ROL-001}\n',
    'retention_rule.yaml': '- {id: RET-001, title: Papers, class: internal, record_kind: Papers, keep: One year}\n',
    'acknowledgement.yaml': '- {id: ACK-001, title: Ann, document: GUI-001, version: "1.0", person: PER-001, date: 2026-06-04}\n',
};

export const png = readFileSync('content/documents/plans/lantern-house.png');

export function documentText(id, { version, more = '', body, class: level = 'internal' }) {
    const rows = ['1.0', '1.1'].filter((v) => v <= version).map((v) => `  - {date: 2026-06-0${v === '1.0' ? 1 : 5}, version: "${v}", by: ROL-002, text: Issue ${v}}`);
    return `---\nid: ${id}\ntitle: Guide ${id}\nkind: guide\nclass: ${level}\nversion: "${version}"\nversion_date: 2026-06-0${version === '1.0' ? 1 : 5}\n` +
        `owner: ROL-001\nprepared_by: ROL-002\napprover: ROL-001\nnext_review: 2027-06-30\ndistribution: [ROL-001, ROL-002]\nretention: RET-001\nlanguage: en\n${more}` +
        `revisions:\n${rows.join('\n')}\n---\n# First\n\n${body}\n`;
}

// -- Workspaces ------------------------------------------------------------------------------------

export class Workspace {
    constructor(name, from) {
        this.folder = join(place, name);
        if (from)
            cpSync(from.folder, this.folder, { recursive: true });
    }
    put(path, text) {
        mkdirSync(dirname(join(this.folder, 'content', path)), { recursive: true });
        writeFileSync(join(this.folder, 'content', path), text);
    }
    edit(path, from, to) {
        this.put(path, readFileSync(join(this.folder, 'content', path), 'utf8').replace(from, to));
    }
    remove(path) {
        rmSync(join(this.folder, 'content', path), { recursive: true, force: true });
    }
    approve(id, day) {
        must(program, ['approve', id, '--as', 'ROL-001', '--as-of', day, '--note', 'read', '-C', this.folder]);
    }
    write(id, facts, picture) {
        const name = id.toLowerCase();
        if (picture)
            this.put(`documents/${name}/plan.png`, picture);
        this.put(`documents/${name}/${name}.md`, documentText(id, facts));
    }
    issue(day, documents) {
        for (const document of documents)
            this.write(...document);
        for (const [id] of documents)
            this.approve(id, day);
    }
    forget(id) {
        const name = id.toLowerCase();
        this.remove(`documents/${name}`);
        this.remove(`approved/${name}`);
        for (const version of ['1.0', '1.1'])
            this.remove(`records/approval/${name}-${version}.yaml`);
    }
}

// -- Publishing ------------------------------------------------------------------------------------

export function makeKey() {
    mkdirSync(key, { recursive: true });
    must('sh', ['.ci/demo-key', key, 'rsa']);
}

const signed = () => ['--key', join(key, 'key.pem'), '--cert', join(key, 'cert.pem')];

export function publish(w, site, edition, day, ...more) {
    return run(program, ['publish', edition, '--as-of', day, '-C', w.folder, '-o', site, ...signed(), ...more]);
}

export function finish() {
    console.log(`${tally.passed} passed, ${tally.failed} failed`);
    process.exit(tally.failed ? 1 : 0);
}
