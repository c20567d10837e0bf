// What an audience may not see changes nothing of its tree: not a byte, a name, a line of the log.
//
//   changes.mjs PROGRAM [COUNT [SEED]]
//
// Takes a copy of the example, builds `staff` as the reference, then COUNT times (40) edits at
// random what staff may not see and builds again: every name, every byte, the log and the exit
// status must be the same. At the end all that staff may not see is removed. The controls come
// first: an edit that staff may see must show, and edits of closed content must show in `audit`.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [program, countText = "40", seedText = "20260630"] = process.argv.slice(2);
if (!program) {
    console.error("usage: changes.mjs PROGRAM [COUNT [SEED]]");
    process.exit(2);
}
const shm = fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();
const place = fs.mkdtempSync(path.join(shm, "audience-"));
process.on("exit", () => fs.rmSync(place, { recursive: true, force: true }));
const binary = path.resolve(program);
let passed = 0, failed = 0;

function check(fine, what) {
    if (fine) passed++;
    else failed++;
    if (!fine) console.log(`FAIL: ${what}`);
    return fine;
}

// -- Chance, the same in every run ---------------------------------------------------------------

let state = Number(seedText) >>> 0;
function random(below) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
}
const pick = (list) => list[random(list.length)];
const word = () => "zq" + (state = (state + random(1e6)) >>> 0).toString(36);
const sentence = () => Array.from({ length: 3 + random(9) }, word).join(" ");

// -- Files of the workspace ----------------------------------------------------------------------

function filesOf(folder) {
    return fs.readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((e) => e.isFile())
        .map((e) => path.relative(folder, path.join(e.parentPath ?? e.path, e.name)))
        .sort();
}

const content = path.join(place, "w", "content");
fs.cpSync("content", content, { recursive: true });
const read = (file) => fs.readFileSync(path.join(content, file), "utf8");

// The example is extended with what the edits need: fields that are closed on their own, and
// things in plain sight that the log has something to say about.
function prepare() {
    const put = (file, change) => fs.writeFileSync(path.join(content, file), change(read(file)));
    put("continuo.yaml", (t) => t.replace(/^classes:\n/m, "classes:\n" +
        ["site", "person", "role", "task"].map((t) => `  - {of: ${t}.notes, class: restricted}\n`).join("") +
        "  - {of: phone.number, class: confidential}\n"));
    put("records/site.yaml", (t) => t.replace(/^- id: SIT-001\n/m, "- id: SIT-001\n" +
        "  field_classes:\n    - {of: utilities, class: restricted}\n  notes: At first.\n"));
    put("records/supplier.yaml", (t) => t + "- id: SUP-990\n  title: Seen by all\n" +
        "  class: internal\n  services: [Milk]\n");
    put("records/issue.yaml", (t) => t + "- id: ISS-990\n  title: In plain sight\n" +
        "  class: internal\n  kind: internal\n  theme: other\n  effect: A <blink>raw</blink> word.\n");
    fs.writeFileSync(path.join(content, "documents/plans/gui-990.md"), `---
id: GUI-990
title: A guide in plain sight
class: internal
kind: guide
version: "0.1"
version_date: 2026-01-05
owner: ROL-001
references: [CRP-001]
---
A <marquee>raw</marquee> word, [[CRP-001]], [[SUP-001]], [[SUP-990]],
[the plan](../crisis/crp-001.md), {{supplier.SUP-001.title}}, {{supplier.SUP-001.reviews}},
{{person.PER-001.notes}}, {{site.SIT-001.utilities}}.

\`\`\`record SUP-003
\`\`\`

\`\`\`map deps SUP-002
\`\`\`

\`\`\`calltree CAL-001
\`\`\`

{{#supplier.SUP-004}}
A {{title}}
{{/supplier.SUP-004}}

Suppliers: {{#all.supplier}}{{title}}; {{/all.supplier}}
`);
}
prepare();

// -- Building and comparing ----------------------------------------------------------------------

// One audience's tree, made alone or with all others.
function build(audience, of = audience, more = []) {
    const out = path.join(place, "site");
    const run = spawnSync(binary, ["build", ...(of === "all" ? [] : ["--audience", of]), "-C", path.join(place, "w"),
        "-o", out, "--color", "never", ...more], { encoding: "utf8" });
    const tree = new Map();
    const folder = path.join(out, audience, "draft");
    if (fs.existsSync(folder))
        for (const file of filesOf(folder))
            tree.set(file, createHash("sha256").update(fs.readFileSync(path.join(folder, file))).digest("hex"));
    fs.rmSync(out, { recursive: true, force: true });
    const log = (run.stdout + run.stderr).replace(/in \d+\.\d\d s/g, "in a while");
    return { tree, log, status: run.status };
}

function difference(a, b) {
    if (a.status !== b.status) return `exit status ${b.status}, not ${a.status}\n${b.log}`;
    if (a.log !== b.log) return `another log:\n${b.log}`;
    for (const [file, hash] of a.tree)
        if (b.tree.get(file) !== hash) return b.tree.has(file) ? `other bytes: ${file}` : `missing: ${file}`;
    for (const file of b.tree.keys())
        if (!a.tree.has(file)) return `new: ${file}`;
    return "";
}

// -- What is hidden ------------------------------------------------------------------------------

function idsIn(audience) {
    const out = path.join(place, "ids");
    execFileSync(binary, ["build", "-q", "--only", "html", "--audience", audience, "-C", path.join(place, "w"),
        "-o", out]);
    const data = path.join(out, audience, "draft", "data");
    const ids = new Set();
    for (const file of fs.readdirSync(data).filter((f) => f.endsWith(".json")))
        for (const record of JSON.parse(fs.readFileSync(path.join(data, file), "utf8"))) ids.add(record.id);
    fs.rmSync(out, { recursive: true, force: true });
    return ids;
}

// A records file is its head and its records, each from a dash in the first column to the next.
function split(file) {
    const text = read(file);
    if (file.endsWith(".csv")) return text.split(/(?<=\n)/);
    return text.split(/^(?=- )/m);
}
const idOf = (block) => (/^(?:- \{?|  )id: *"?([\w.-]+)/m.exec(block) ?? /^([A-Z]+-\d+),/.exec(block) ?? [])[1];

const pristine = new Map(filesOf(content).map((file) => [file, fs.readFileSync(path.join(content, file))]));
const staffIds = idsIn("staff"), auditIds = idsIn("audit");
const hidden = new Set([...auditIds].filter((id) => !staffIds.has(id)));
const open = [...staffIds].filter((id) => id !== undefined);
const recordFiles = [...pristine.keys()].filter((f) => /^records\/.*\.(yaml|csv)$/.test(f));
const documents = [...pristine.keys()].filter((f) => /^documents\/.*\.md$/.test(f));
const isHiddenBlock = (block) => hidden.has(idOf(block));
const hiddenFiles = recordFiles.filter((f) => split(f).some(isHiddenBlock));
const hiddenDocuments = documents.filter((f) => hidden.has((/^id: (.*)$/m.exec(read(f)) ?? [])[1]));

function write(file, text) {
    const full = path.join(content, file);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, text);
}

function restore() {
    for (const file of filesOf(content))
        if (!pristine.has(file)) fs.rmSync(path.join(content, file));
    for (const [file, bytes] of pristine) {
        const full = path.join(content, file);
        if (!fs.existsSync(full) || !fs.readFileSync(full).equals(bytes)) write(file, bytes);
    }
}

// -- Edits: each changes what staff may not see, and nothing else --------------------------------

// Files come and go under several edits of one round.
const there = (list) => list.filter((f) => fs.existsSync(path.join(content, f)));

function editBlock(change) {
    const file = pick(there(hiddenFiles));
    const blocks = split(file);
    const places = blocks.map((b, i) => (isHiddenBlock(b) ? i : -1)).filter((i) => i >= 0);
    if (places.length === 0) return;
    const at = pick(places);
    blocks[at] = change(blocks[at], file);
    write(file, blocks.join(""));
}

// The first id stays, so that the block is still known as a hidden one.
const afterId = (block, change) => {
    const at = block.indexOf(idOf(block)) + idOf(block).length;
    return block.slice(0, at) + change(block.slice(at));
};
const somewhere = (text, pattern, replacement) => {
    const found = [...text.matchAll(pattern)];
    if (found.length === 0) return text;
    const m = pick(found);
    return text.slice(0, m.index) + replacement(m[0]) + text.slice(m.index + m[0].length);
};
// A class that is cut or raised would open the record; words of others may change at will.
const guard = (change) => (text) => text.split(/(class: *\w+)/).map((t) => (/^class:/.test(t) ? t : change(t))).join("");

// In a line of its own it may hold commas, which end it between braces.
const newTitle = (text) => /^ +title:/m.test(text) ? text.replace(/^( +title:).*$/m, `$1 "${sentence()}"`)
    : text.replace(/title: ("[^"\n]*"|'(?:[^'\n]|'')*'|[^\n,}]*)/, `title: "${sentence()}"`);

function newRecord() {
    const [type, prefix, extra] = pick([["supplier", "SUP", "services: [Gold]"], ["risk", "RSK", "kind: threat"],
        ["finding", "FND", "grade: major, status: active"], ["action", "AC", "due: 2020-01-01, status: active"],
        ["person", "PER", "unit: UNT-001"], ["role", "ROL", "kind: crisis, decision_role: yes"],
        ["scenario", "SCN", "plans: [PLN-001, PLN-002]"], ["contact", "CON", "kind: authority, phone_24h: 112"],
        ["plan", "PLN", "kind: crisis, immediate_actions: [Run, Hide]"], ["site", "SIT", "assembly_point: there"],
        ["task", "TSK", "due: 2020-01-01"], ["system_process", "PRC", "order: 1, phase: establish"],
        ["threshold", "THR", "kind: crisis"], ["message_template", "MSG", "deadline: 1h"]]);
    const id = random(4) === 0 ? pick(open.filter((i) => i.startsWith(prefix + "-"))) ?? `${prefix}-700`
        : `${prefix}-${700 + random(290)}`;
    const closed = pick([", class: restricted", ", class: confidential", ", class: restricted"]);
    return [type, `- {id: ${id}, title: ${word()} ${word()}${closed}, ${extra}, owner: ${pick(open)}, ` +
        `clauses: [${pick(["8.2.2", "9.9.9"])}], next_review: 2020-01-01, created: 2031-01-01, ` +
        `notes: "<blink>${sentence()} [[${pick(open)}]] {{x}}"}\n`];
}

function addRecord() {
    const [type, block] = newRecord();
    const file = `records/${type}.yaml`;
    if (random(3) === 0 || !pristine.has(file))
        return write(`records/${type}/${pick(["aaa", "zzz"])}-${word()}.yaml`, block);
    const blocks = split(file);
    const head = /^- /.test(blocks[0]) ? 0 : 1;
    blocks.splice(head + random(blocks.length + 1 - head), 0, block);
    write(file, blocks.map((b) => (b.endsWith("\n") ? b : b + "\n")).join(""));
}

function addDocument() {
    const name = word(), folder = pick(["documents", "documents/crisis", "documents/aaa", "documents/staff"]);
    const png = pristine.get("documents/plans/lantern-house.png");
    write(`${folder}/${name}.png`, png);
    const id = random(4) === 0 ? pick(open.filter((i) => /^[A-Z]{3}-\d{3}$/.test(i))) : `QQQ-${100 + random(900)}`;
    write(`${folder}/${pick(["", "a-", "z-"])}${name}.md`, `---
id: ${id}
title: ${sentence()}
${pick(["class: restricted\n", "class: confidential\n", ""])}${pick(["", "submitted_on: 2026-06-29\n", "supersedes: [GUI-001]\n"])}kind: ${pick(["plan", "policy", "guide"])}
version: "1.0"
version_date: 2026-06-29
next_review: 2020-01-01
owner: ${pick(open)}
clauses: [8.4.4, "99.9"]
---
# ${sentence()}

${sentence()} [[${pick(open)}]] [${word()}](${pick(open)}) {{unknown.name}} [TO FILL] <blink>

![](${name}.png)

\`\`\`map deps ${pick(open)}
\`\`\`

\`\`\`register nothing
\`\`\`
`);
}

// Fields of records that staff may see, closed on their own.
function editField() {
    const how = pick(["out_of_band", "account", "notes", "utilities", "number"]);
    const file = { out_of_band: "records/person.yaml", account: "records/contact.yaml",
        notes: pick(["records/site.yaml", "records/person.yaml", "records/role.yaml", "records/task.yaml"]),
        utilities: "records/site.yaml", number: "records/person.yaml" }[how];
    if (how === "notes") {
        const blocks = split(file);
        const at = 1 + random(blocks.length - 1);
        if (!/^- id/.test(blocks[at]) || /^  notes:/m.test(blocks[at])) return;
        blocks[at] = blocks[at].replace(/\n*$/, `\n  notes: "<blink>${sentence()} [[${pick(open)}]]"\n`);
        return write(file, blocks.join(""));
    }
    if (how === "utilities")
        return write(file, read(file).replace(/(^- id: SIT-001\n[^]*?^  utilities:).*\n(?:    .*\n)*/m, `$1 [${word()}]\n`));
    if (how === "number")
        return write(file, somewhere(read(file), /number: *"?\+[\d ]+"?/g, () => `number: "${random(1e9)}"`));
    const change = pick([(m) => m.replace(/: .*/, `: "${sentence()}"`), () => "", (m) => m.replace(/\d/g, "7")]);
    write(file, somewhere(read(file), new RegExp(`^  ${how}: .*\n`, "gm"), change));
}

const edits = {
    "change words": () => editBlock((b) => afterId(b, guard((t) => somewhere(t, /(?<=: [^\n]*)\b[A-Za-z]{5,}\b(?!:)/g, word)))),
    "change numbers": () => editBlock((b) => afterId(b, guard((t) => somewhere(t, /\b\d+\b/g, () => String(random(99)))))),
    "change dates": () => editBlock((b) => afterId(b, (t) => t.replace(/\b20\d\d-(\d\d)-(\d\d)\b/g, `20${20 + random(9)}-$1-$2`))),
    "change titles": () => editBlock((b) => afterId(b, newTitle)),
    "rename an id": () => editBlock((b) => b.replace(idOf(b), idOf(b).replace(/-\w+$/, `-${500 + random(99)}`))),
    "delete a record": () => editBlock(() => ""),
    "copy a record": () => editBlock((b) => (b.endsWith("\n") ? b : b + "\n") + b),
    "add a record": addRecord,
    "add records": () => { for (let i = 0; i < 9; i++) addRecord(); },
    "add a document and a picture": addDocument,
    "change a document": () => {
        const file = pick(there(hiddenDocuments));
        write(file, read(file).replace(/\n## .*/g, (m) => `\n## ${sentence()}\n\n${sentence()}\n\n[[${pick(open)}]]${m}`));
    },
    "rename a document": () => {
        const file = pick(there(hiddenDocuments));
        fs.renameSync(path.join(content, file), path.join(content, "documents", `${pick(["a", "z"])}-${word()}.md`));
    },
    "delete a document": () => fs.rmSync(path.join(content, pick(there(hiddenDocuments)))),
    "reorder records": () => {
        const file = pick(there(hiddenFiles).filter((f) => f.endsWith(".yaml")));
        const blocks = split(file).map((b) => (b.endsWith("\n") ? b : b + "\n"));
        const closed = blocks.filter(isHiddenBlock), rest = blocks.filter((b) => !isHiddenBlock(b));
        const head = rest.length !== 0 && !/^- /.test(rest[0]) ? 1 : 0;
        for (const b of closed) rest.splice(head + random(rest.length + 1 - head), 0, b);
        write(file, rest.join(""));
    },
    "move records into a file of their own": () => {
        const file = pick(there(hiddenFiles).filter((f) => /^records\/\w+\.yaml$/.test(f)));
        const blocks = split(file).map((b) => (b.endsWith("\n") ? b : b + "\n"));
        write(file.replace(".yaml", `/${pick(["aaa", "zzz"])}.yaml`), blocks.filter(isHiddenBlock).join(""));
        write(file, blocks.filter((b) => !isHiddenBlock(b)).join(""));
    },
    "change a closed field": editField,
    "add a file that nothing reads": () => write(`documents/${word()}.txt`, sentence()),
};

function removeAll() {
    for (const file of hiddenFiles) {
        const rest = split(file).filter((b) => !isHiddenBlock(b)).join("");
        if (/^- |^\w.*,/m.test(rest.replace(/^id,.*/, ""))) write(file, rest);
        else fs.rmSync(path.join(content, file));
    }
    for (const file of hiddenDocuments) fs.rmSync(path.join(content, file));
}

// -- The controls, then the rounds ---------------------------------------------------------------

const staff = build("staff"), audit = build("audit");
check(staff.status === 0 && staff.tree.size > 500, `staff has ${staff.tree.size} files\n${staff.log}`);
check(audit.status === 0 && audit.tree.size > staff.tree.size, `audit has ${audit.tree.size} files\n${audit.log}`);
check(/ISS-990\): warning/.test(staff.log) && /gui-990\.md:\d+:\d+: warning/.test(staff.log), `the log says too little:\n${staff.log}`);
check(hidden.size > 100 && hiddenDocuments.length > 3, "too little is hidden");
check(difference(staff, build("staff")) === "", "a second build differs");
for (const [audience, alone] of [["staff", staff], ["crisis", build("crisis")], ["audit", audit]])
    check(difference(alone, { ...alone, tree: build(audience, "all").tree }) === "", `${audience} differs when all are made`);

write("records/site.yaml", read("records/site.yaml").replace("  title: ", "  title: New "));
check(difference(staff, build("staff")) !== "", "an edit in plain sight does not show");
restore();
write("records/issue.yaml", read("records/issue.yaml").replace("<blink>", "<marquee>"));
check(build("staff").log !== staff.log, "a finding in plain sight does not show");
restore();
for (const name of ["change titles", "add a document and a picture", "change a document", "change a closed field"]) {
    for (let i = 0; i < 3; i++) edits[name](); // one of them finds something to change
    if (name === "change a closed field") write("records/site.yaml", read("records/site.yaml").replace("At first", "Later"));
    check(difference(audit, build("audit")) !== "", `audit does not see: ${name}`);
    restore();
}

// Paper takes the most time, so two rounds of three go without.
const pages = ["--only", "html"];
const onlyPages = build("staff", "staff", pages);
const names = Object.keys(edits);
const rounds = Number(countText);
for (let i = 0; i < rounds; i++) {
    const begun = state, done = [];
    done.push(names[i % names.length]);
    for (let more = random(3); more > 0; more--) done.push(pick(names));
    for (const name of done) edits[name]();
    const found = i % 3 === 0 ? difference(staff, build("staff")) : difference(onlyPages, build("staff", "staff", pages));
    check(found === "", `round ${i} (seed ${begun}): ${done.join(", ")}: ${found}`);
    restore();
}
removeAll();
check(difference(staff, build("staff")) === "", "without all that is hidden: " + difference(staff, build("staff")));
console.log(`${rounds} rounds of edits in ${hidden.size} records and documents that staff may not see`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
