// A word that stands nowhere else in every field of text there is, closed in every way; then it is
// looked for in all that readers with less clearance get, in many disguises.
//
//   canaries.mjs PROGRAM
//
// The workspace is made from src/model/schema.def: of each record type a closed record, one whose
// id is the word, an open one whose fields are each closed on their own, and an open one whose
// parts hold closed fields; with documents, pictures and a type of the workspace's own. An open
// document asks for all of it by every means. No word may be in the trees or logs of `public`,
// `staff` and `board`; and all but a few must be in `audit`, or the search proves nothing.
import { spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const program = process.argv[2];
if (!program) {
    console.error("usage: canaries.mjs PROGRAM");
    process.exit(2);
}
const binary = path.resolve(program);
const shm = fs.existsSync("/dev/shm") ? "/dev/shm" : os.tmpdir();
const place = fs.mkdtempSync(path.join(shm, "canaries-"));
process.on("exit", () => fs.rmSync(place, { recursive: true, force: true }));
const NEVER_SHOWN_MAX = 7; // private numbers, names of Markdown files, the coding scheme
let passed = 0, failed = 0;

function check(fine, what) {
    if (fine) passed++;
    else failed++;
    if (!fine) console.log(`FAIL: ${what}`);
}

// -- The schema ----------------------------------------------------------------------------------

const types = new Map(); // by name: {key, prefix, isPart, fields}
for (const line of fs.readFileSync("src/model/schema.def", "utf8").split("\n")) {
    const row = /^(RECORD|PART|FIELD)\((\w+), (?:(\w+), )?"(\w+)", (.*)\)$/.exec(line);
    if (row === null) continue;
    const [, kind, name, field, key, rest] = row;
    if (kind !== "FIELD") {
        types.set(name, { name, key, prefix: kind === "RECORD" ? /^"([^"]*)"/.exec(rest)[1] : "",
            isPart: kind === "PART", fields: [] });
        continue;
    }
    const [, sort, arg, count, need] = /^(\w+), "([^"]*)", (\w+), (\w+),/.exec(rest);
    types.get(name).fields.push({ name: field, key, sort, arg, isMany: count === "MANY", isMust: need === "MUST",
        isDerived: need === "DERIVED" });
}
const common = types.get("COMMON").fields;
types.delete("COMMON");
const byKey = new Map([...types.values()].map((t) => [t.key, t]));
const records = [...types.values()].filter((t) => !t.isPart && t.name !== "WORKSPACE");
for (const t of records)
    t.fields.push(...common.filter((f) => !t.fields.some((own) => own.key === f.key)));
for (const t of types.values())
    t.fields = t.fields.filter((f) => !f.isDerived); // nobody writes them
const prefixOf = (t) => t.prefix || "DOX";
const isCheck = (f) => f.sort === "CODE" && f.key === "check"; // a waiver of no check is an error
const isText = (f) => ["TEXT", "PROSE", "CODE"].includes(f.sort) && f.key !== "id" && !isCheck(f);
const isConfig = (f) => ["class", "field_classes"].includes(f.key);
// The status of a document follows from these: they have no class of their own.
const heads = ["title", "version", "language", "supersedes", "valid_from", "submitted_on", "withdrawn_on"];
const isFixed = (t, f) => ["APPROVAL", "APPROVED_FILE"].includes(t.name) || (t.name === "DOCUMENT" && heads.includes(f.key));

// -- Words ---------------------------------------------------------------------------------------

const MARK = "qz7kvx9wj"; // every word begins with it: one search finds all
const meaning = new Map();
function canary(of) {
    const word = MARK + meaning.size.toString(36).padStart(4, "0");
    meaning.set(word, of);
    return word;
}

// -- The workspace -------------------------------------------------------------------------------

const fixed = { INT: (f) => (/^\d+/.exec(f.arg) ?? ["1"])[0], NUMBER: () => "1.5", BOOL: () => "yes",
    DATE: () => "2025-01-01", MOMENT: () => "2025-01-01 10:00", DURATION: () => "4h",
    ENUM: (f) => f.arg.split("|")[0] };

// `where` names the record, `to` the number of what it refers to ("900"); `broken` puts words
// where something else is asked for.
function value(f, where, to, broken) {
    if (isText(f)) return canary(`${where}.${f.key}`);
    if (f.sort === "PART") {
        const part = byKey.get(f.arg);
        return Object.fromEntries(part.fields.map((p) => [p.key, many(p, `${where}.${f.key}`, to, broken)])
            .filter(([, v]) => v !== undefined));
    }
    if (f.key === "id") return undefined;
    if (isCheck(f)) return "X4";
    if (f.sort === "REF") {
        const t = byKey.get(f.arg.split("|")[0] || "unit");
        return `${prefixOf(t)}-${to}`;
    }
    return broken ? canary(`${where}.${f.key} (broken)`) : fixed[f.sort](f);
}
function many(f, where, to, broken) {
    const v = value(f, where, to, broken);
    return v !== undefined && f.isMany ? [v] : v;
}
const refersToOwn = (t, f) => f.sort === "REF" && (f.arg === "" ? "unit" : f.arg.split("|")[0]) === t.key;

function record(t, number, how) {
    const id = `${prefixOf(t)}-${number}`, r = { id };
    for (const f of t.fields) {
        if (isConfig(f) || f.key === "id" || (t.name === "DOCUMENT" && f.key === "audience")) continue;
        if (how.skip?.(f)) continue;
        const v = how.plain?.(f) ? `Plain ${f.key}` : many(f, `${t.key} ${how.name}`, how.to, how.broken);
        if (v !== undefined) r[f.key] = how.plain?.(f) && f.isMany ? [v] : v;
    }
    if (t.name === "REVIEW_PACK") r.status = "withdrawn"; // one that holds binds files
    return r;
}

const flow = (v) => Array.isArray(v) ? `[${v.map(flow).join(", ")}]`
    : typeof v === "object" ? `{${Object.entries(v).map(([k, x]) => `${k}: ${flow(x)}`).join(", ")}}` : JSON.stringify(v);
const textKeys = (t) => t.fields.filter((f) => (isText(f) || (f.sort === "PART" && !isConfig(f))) && !isFixed(t, f)).map((f) => f.key);

function recordsOf(t, broken) {
    const to = t.name === "APPROVAL" ? "900" : "001"; // an approval is as closed as its document
    const closed = record(t, "900", { name: "closed", to, broken, skip: (f) => refersToOwn(t, f) });
    const named = record(t, canary(`${t.key} closed.id`), { name: "named", to, broken });
    const isHead = (f) => t.name === "DOCUMENT" && isText(f) && isFixed(t, f);
    const fields = record(t, "001", { name: "field", to: "900", plain: isHead });
    const parts = record(t, "003", { name: "part", to: "900", plain: isText });
    fields.class = parts.class = "internal";
    fields.field_classes = textKeys(t).map((of) => ({ of, class: "restricted" }));
    closed.class = "restricted"; // `named` has none, which is the same
    return [closed, fields, named, parts];
}

function write(folder, file, text) {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
}

const closedBody = (picture) => `
# ${canary("document heading")}

${canary("document text")} *${canary("document emphasis")}* [${canary("document link")}](UNT-001)[^1]

> ${canary("document quote")}

- ${canary("document list")}
- [ ] ${canary("document task")}

| ${canary("document table head")} | b |
|---|---|
| ${canary("document table cell")} | c |

\`\`\`
${canary("document code")}
\`\`\`

![${canary("document picture words")}](${picture}.png)

\`\`\`dot
digraph { ${canary("document dot")} -> b }
\`\`\`

[^1]: ${canary("document footnote")}
`;

// Asks for everything by name.
function askingBody() {
    const lines = [];
    for (const t of records) {
        const id = prefixOf(t);
        lines.push("", `[[${id}-900]] [](${id}-900) [words](${id}-900) {{#all.${t.key}}}{{title}} {{/all.${t.key}}}`, "");
        for (const f of t.fields.filter((x) => x.key !== "class"))
            for (const number of ["900", "001", "003"])
                lines.push(`{{${t.key}.${id}-${number}.${f.key}}}`);
        lines.push("", "```register " + t.key, "```", "", "```record " + id + "-900", "```", "",
            "```record " + id + "-001", "```");
    }
    for (const what of ["raci", "map bcms", "chart org", "map deps ACT-900", "map deps ACT-001", "map deps SUP-900",
        "calltree CAL-900", "calltree CAL-003"])
        lines.push("", "```" + what, "```");
    return lines.join("\n") + "\n";
}

const png = fs.readFileSync("content/documents/plans/lantern-house.png");
function workspace(folder, broken) {
    const classes = [{ of: "workspace.footer", class: "restricted" }, { of: "workspace.emergency", class: "restricted" },
        { of: "workspace.crisis_line", class: "restricted" }, { of: "workspace.code_pattern", class: "restricted" }];
    for (const t of [...types.values()].filter((x) => x.isPart && !["class_of", "audience"].includes(x.key)))
        for (const f of t.fields.filter((x) => isText(x) && !isFixed(t, x))) classes.push({ of: `${t.key}.${f.key}`, class: "restricted" });
    const settings = { title: "Test", as_of: "2026-06-30", organisation: "ORG-001",
        footer: canary("workspace.footer"), emergency: canary("workspace.emergency"),
        crisis_line: canary("workspace.crisis_line"), code_pattern: canary("workspace.code_pattern"), classes,
        audiences: [["public", "public"], ["staff", "internal"], ["board", "confidential"], ["audit", "restricted"]]
            .map(([id, clearance]) => ({ id, title: `Copy of ${id}`, clearance })) };
    write(folder, "content/continuo.yaml", flow(settings) + "\n");
    write(folder, "content/types.yaml", "types: [{key: vessel, prefix: VES, fields: [{key: berth, heading: Berth}]}]\n");
    write(folder, "content/records/vessel.yaml", "- " + flow({ id: "VES-001", title: canary("own type.title"),
        berth: canary("own type.berth") }) + "\n");
    for (const t of records) {
        const all = recordsOf(t, broken);
        if (t.name !== "DOCUMENT") {
            write(folder, `content/records/${t.key}.yaml`, all.map((r) => `- ${flow(r)}\n`).join(""));
            continue;
        }
        all.forEach((r, i) => {
            const picture = i === 0 ? canary("document picture name") : "";
            const isClosed = r.class !== "internal";
            if (i === 0) write(folder, `content/documents/${picture}.png`, png);
            const name = isClosed ? canary("document file name") : `open-${i}`;
            const front = Object.entries(r).map(([k, v]) => `${k}: ${flow(v)}\n`).join("");
            write(folder, `content/documents/${name}.md`, `---\n${front}---\n` +
                (i === 0 ? closedBody(picture) : isClosed ? canary("document body") + "\n" : i === 3 ? askingBody() : ""));
        });
    }
}

// -- Looking -------------------------------------------------------------------------------------

const hex = (b) => Buffer.from(b).toString("hex");
const utf16be = (s) => Buffer.from(s, "utf16le").swap16();
// Base64 of the word behind 0, 1 or 2 other bytes, without what those bytes touch.
function base64Phases(bytes) {
    return [0, 1, 2].map((n) => {
        const text = Buffer.concat([Buffer.alloc(n, 65), bytes]).toString("base64").replace(/=/g, "");
        return text.slice(n === 0 ? 0 : n + 1, bytes.length % 3 === (3 - n) % 3 ? undefined : -1).slice(0, -1);
    });
}
const each = (f) => [...MARK].map(f).join("");
const code = (c) => c.charCodeAt(0);
const disguises = new Map(Object.entries({
    "plain text": [MARK],
    "UTF-16LE": [Buffer.from(MARK, "utf16le").toString("latin1")],
    "UTF-16BE": [utf16be(MARK).toString("latin1")],
    "hex": [hex(MARK)],
    "hex of UTF-16": [hex(utf16be(MARK)), hex(Buffer.from(MARK, "utf16le"))],
    "base64": base64Phases(Buffer.from(MARK)),
    "base64 of UTF-16": base64Phases(utf16be(MARK)),
    "HTML numbers": [each((c) => `&#${code(c)};`), each((c) => `&#x${code(c).toString(16)};`)],
    "URL": [each((c) => `%${code(c).toString(16)}`)],
    "JSON": [each((c) => `\\u00${code(c).toString(16)}`)],
    "PDF octal": [each((c) => `\\${code(c).toString(8).padStart(3, "0")}`)],
    "reversed": [[...MARK].reverse().join("")],
    "spaced": [[...MARK].join(" "), [...MARK].join("\0\0")],
}));
// Of any case, for all but base64, where case is content.
function disguiseIn(text) {
    const lower = text.toLowerCase();
    for (const [name, forms] of disguises)
        for (const form of forms)
            if (name.startsWith("base64") ? text.includes(form) : lower.includes(form.toLowerCase())) return name;
    return "";
}

function run(command, args) {
    return new Promise((done) => {
        const child = spawn(command, args), chunks = [];
        child.stdout.on("data", (c) => chunks.push(c));
        child.stderr.resume();
        child.on("close", () => done(Buffer.concat(chunks).toString("latin1")));
        child.on("error", () => done(""));
    });
}

// What a file holds, in the ways it can be read.
async function texts(file, withObjects) {
    const raw = fs.readFileSync(file).toString("latin1");
    if (!file.endsWith(".pdf")) return [raw];
    const words = await run("pdftotext", ["-q", file, "-"]);
    const joined = words.replace(/\xc2\xad|-\n|\s/g, ""); // as long words are broken into lines
    const objects = withObjects ? await run("qpdf", ["--qdf", "--object-streams=disable", file, "-"]) : "";
    return [raw, words, joined, objects];
}

function filesOf(folder) {
    return fs.readdirSync(folder, { withFileTypes: true, recursive: true }).filter((e) => e.isFile())
        .map((e) => path.join(e.parentPath ?? e.path, e.name)).sort();
}

async function eachFile(folder, withObjects, visit) {
    const files = filesOf(folder);
    let next = 0;
    const worker = async () => {
        while (next < files.length) {
            const file = files[next++];
            visit(path.relative(folder, file), await texts(file, withObjects));
        }
    };
    await Promise.all([worker(), worker(), worker()]);
    return files.length;
}

function build(audience, folder) {
    const made = spawnSync(binary, ["build", "--audience", audience, "-C", folder, "-o", path.join(place, "site"),
        "--color", "never", "--max", "0"], { encoding: "latin1" });
    return { status: made.status, log: made.stdout + made.stderr };
}

async function search(audience) {
    let findings = 0, silent = 0;
    const count = await eachFile(path.join(place, "site", audience, "draft"), true, (name, forms) => {
        if (/\.(html|pdf)$/.test(name) && !forms.some((t) => /Copy ?for: ?Copy ?of/.test(t) && t.includes(audience)))
            silent++;
        for (const text of [name, ...forms]) {
            const how = disguiseIn(text);
            if (how === "") continue;
            const word = new RegExp(`${MARK}\\w{4}`, "i").exec(text)?.[0]?.toLowerCase();
            if (findings++ < 10) console.log(`${audience}: ${name} has a word as ${how}: ${meaning.get(word) ?? "?"}`);
        }
    });
    check(silent === 0, `${silent} pages and sheets of ${audience} do not say whose copy they are`);
    check(findings === 0, `${audience} shows ${findings} words that it may not`);
    return count;
}

// -- The tests -----------------------------------------------------------------------------------

for (const [name, forms] of disguises)
    check(forms.length > 0 && forms.every((f) => disguiseIn(`some ${f} text`) === name || name === "hex of UTF-16"),
        `the search does not see ${name}`);
for (const before of ["", "a", "ab"])
    for (const bytes of [Buffer.from(before + MARK + "0042.."), Buffer.concat([utf16be(before + MARK + "0042")])])
        check(disguiseIn(`data:${bytes.toString("base64")}`) !== "", `the search does not see base64 behind '${before}'`);

const whole = path.join(place, "whole");
workspace(whole, false);
const limit = meaning.size;
const shown = new Map(); // by word: the endings of files it is in
const audit = build("audit", whole);
check(audit.status === 0, `audit cannot be built:\n${audit.log.slice(0, 2000)}`);
if (audit.status === 0)
    await eachFile(path.join(place, "site", "audit", "draft"), false, (name, forms) => {
        for (const text of [name, ...forms])
            for (const [word] of text.toLowerCase().matchAll(new RegExp(`${MARK}\\w{4}`, "g"))) {
                if (!shown.has(word)) shown.set(word, new Set());
                shown.get(word).add(text === name ? "name" : path.extname(name).slice(1));
            }
    });
const unseen = [...meaning.keys()].filter((w) => !shown.has(w));
check(unseen.length <= NEVER_SHOWN_MAX, `${unseen.length} of ${limit} words are not even in audit`);
console.log(`never shown: ${unseen.map((w) => meaning.get(w)).slice(0, 40).join(", ") || "nothing"}`);
const endings = ["html", "pdf", "csv", "json", "name"];
const numbers = endings.map((e) => [e, [...shown.values()].filter((s) => s.has(e)).length]);
for (const [ending, number] of numbers) check(number > 0, `no word is in audit as ${ending}`);
console.log(`in audit: ${numbers.map(([e, n]) => `${n} ${e}`).join(", ")}`);

for (const audience of ["public", "staff", "board"]) {
    const { status, log } = build(audience, whole);
    check(status === 0, `${audience} cannot be built:\n${log.slice(0, 2000)}`);
    check(disguiseIn(log) === "", `the log of ${audience} has a word:\n${log}`);
    if (status === 0) console.log(`${audience}: ${await search(audience)} files`);
}

// Asked in the shell: every field of every type, and all of one record.
async function ask(audience) {
    const said = (...words) => run(binary, [...words, "-C", whole, "--audience", audience]);
    let findings = 0, asked = 0;
    const judge = (what, text) => {
        const how = disguiseIn(text);
        asked++;
        if (how !== "" && findings++ < 10) console.log(`${audience}: ${what} has a word as ${how}`);
    };
    for (const type of records) {
        const columns = type.fields.map((f) => f.key).join(",");
        judge(`list ${type.key}`, await said("list", type.key, "--format", "csv", "--columns", columns));
        const ids = (await said("list", type.key, "--format", "csv", "--columns", "id")).trim().split(/\r?\n/).slice(1);
        if (ids.length > 0) judge(`show ${ids.at(-1)}`, await said("show", ids.at(-1), "--format", "json"));
    }
    check(findings === 0, `${audience} is told ${findings} words that it may not know`);
    return asked;
}
const heard = disguiseIn(await run(binary, ["list", "supplier", "--format", "csv", "-C", whole]));
check(heard !== "", "who sees everything is told no word by list");
for (const audience of ["staff", "board"]) console.log(`${audience}: ${await ask(audience)} answers of list and show`);

// Closed records that are wrong in every field that can be: the log does not know.
const broken = path.join(place, "broken");
workspace(broken, true);
const told = build("audit", broken);
check(told.status === 1 && disguiseIn(told.log) !== "", "audit does not hear of broken records");
for (const audience of ["public", "staff", "board"]) {
    const { status, log } = build(audience, broken);
    check(status === 0 && disguiseIn(log) === "", `the log of ${audience} knows of what is broken:\n${log.slice(0, 2000)}`);
}
console.log(`${limit} words in ${records.length} types of records`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
