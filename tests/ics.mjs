// Every calendar file of the example, read strictly by RFC 5545, and against the list as data.
//
//   ics.mjs TREE…
//
// Where Debian's python3-icalendar is installed, it reads them, too.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const trees = process.argv.slice(2);
if (trees.length === 0) {
    console.error("usage: ics.mjs TREE…");
    process.exit(2);
}
let passed = 0, failed = 0;

function check(fine, what) {
    if (fine) passed++;
    else failed++;
    if (!fine) console.log(`FAIL: ${what}`);
}

// Lines as they are, then what they say.
function unfold(bytes, name) {
    const lines = bytes.toString("latin1").split("\r\n");
    check(lines.pop() === "", `${name}: the last line ends`);
    const said = [];
    for (const line of lines) {
        const raw = Buffer.from(line, "latin1");
        const isWhole = Buffer.from(raw.toString("utf8")).equals(raw);
        if (raw.length > 75 || raw.length === 0 || /[\r\n\0]/.test(line) || !isWhole)
            check(false, `${name}: a line of ${raw.length} bytes: ${raw}`);
        if (line.startsWith(" ")) said[said.length - 1] += line.slice(1);
        else said.push(line);
    }
    return said.map((line) => Buffer.from(line, "latin1").toString("utf8"));
}

const text = /^(?:[^\\;,\p{Cc}]|\\[\\;,nN])*$/u;
const rules = {
    UID: /^[a-z0-9.-]+@[0-9a-f]{16}$/, DTSTAMP: /^\d{8}T\d{6}Z$/, "DTSTART;VALUE=DATE": /^\d{8}$/,
    "DTEND;VALUE=DATE": /^\d{8}$/, SUMMARY: text, DESCRIPTION: text, CATEGORIES: text,
    TRANSP: /^TRANSPARENT$/, URL: /^https:\/\/[!-~]+\/to\/[a-z0-9-]+\/$/,
};

// The events, each a map of what it says once.
function events(lines, name) {
    const all = [];
    let now = null;
    check(lines[0] === "BEGIN:VCALENDAR" && lines[1] === "VERSION:2.0", `${name}: its head`);
    check(lines.at(-1) === "END:VCALENDAR", `${name}: its end`);
    for (const line of lines.slice(1, -1)) {
        const [, key, value] = /^([A-Z-]+(?:;VALUE=DATE)?):(.*)$/su.exec(line) ?? [];
        if (line === "BEGIN:VEVENT" && now === null) now = new Map();
        else if (line === "END:VEVENT" && now !== null) {
            for (const must of Object.keys(rules))
                if (!now.has(must)) check(false, `${name}: an event without ${must}`);
            all.push(now);
            now = null;
        } else if (now !== null) {
            if (!rules[key]?.test(value) || now.has(key)) check(false, `${name}: ${line}`);
            now.set(key, value);
        } else check(/^(PRODID|VERSION|CALSCALE|METHOD|X-WR-CAL(NAME|DESC))$/.test(key) &&
                     text.test(value), `${name}: ${line}`);
    }
    check(new Set(all.map((e) => e.get("UID"))).size === all.length, `${name}: a UID twice`);
    return all;
}

const day = (iso) => iso.replaceAll("-", "");
for (const tree of trees) {
    const feeds = path.join(tree, "feeds");
    const seen = new Map();
    for (const file of fs.readdirSync(feeds).sort()) {
        const name = path.join(feeds, file);
        seen.set(file, events(unfold(fs.readFileSync(name), name), name));
    }
    const all = seen.get("calendar.ics");
    const last = all.map((e) => e.get("DTSTART;VALUE=DATE")).sort();
    check(all.length > 50 && all.every((e, i) => e.get("DTSTART;VALUE=DATE") === last[i]),
        `${feeds}: many events, in order`);
    // The list as data has those of a year.
    const list = JSON.parse(fs.readFileSync(path.join(tree, "data/lists/due.json"), "utf8"));
    for (const row of list.filter((r) => r.day !== null))
        if (!all.some((e) => e.get("DTSTART;VALUE=DATE") === day(row.day) &&
                             e.get("UID").startsWith(`${row.id.toLowerCase()}.${row.kind}`)))
            check(false, `${feeds}: nothing of ${row.id} ${row.kind} on ${row.day}`);
    const known = new Set(all.map((e) => e.get("UID")));
    for (const [file, own] of seen)
        check(own.length !== 0 && own.every((e) => known.has(e.get("UID"))),
            `${file}: its events are among all`);
    const read = spawnSync("python3", ["-c", "import sys, icalendar\nfor name in sys.argv[1:]:\n" +
        "    icalendar.Calendar.from_ical(open(name, 'rb').read())",
        ...[...seen.keys()].map((file) => path.join(feeds, file))], { encoding: "utf8" });
    if (!/No module named|ENOENT/.test(`${read.stderr}${read.error}`))
        check(read.status === 0, `${feeds}: python3-icalendar: ${read.stderr}`);
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
