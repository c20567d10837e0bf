// edition/story: what happens to the example between its two editions.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const leaflet = `---
id: OLD-001
title: "Leaflet: where to park after an alarm"
kind: guide
class: internal
version: "1.0"
version_date: 2026-06-20
owner: ROL-003
prepared_by: ROL-012
approver: ROL-010
next_review: 2027-06-30
distribution: [ROL-010]
clauses: [7.3]
retention: RET-001
language: en
revisions:
  - {date: 2026-06-20, version: "1.0", by: ROL-012, text: First version}
---

Leave the car where it is and walk.
`;

// Before the first edition: a leaflet, approved, that will not last.
export function prepare({ workspace, continuo, check }) {
    writeFileSync(join(workspace, 'content/documents/staff/old-001.md'), leaflet);
    const r = continuo('approve', 'OLD-001', '--as', 'ROL-010', '--as-of', '2026-06-29', '--note', 'read', '-C', workspace);
    check(r.status === 0, 'the leaflet is approved', r.out + r.err);
}

// The leaflet goes, the guide for everybody gets a new version, a site its assembly point.
export function change({ edit, workspace, continuo, check }) {
    for (const path of ['documents/staff/old-001.md', 'records/approval/old-001-1.0.yaml', 'approved/old-001'])
        rmSync(join(workspace, 'content', path), { recursive: true });
    edit('documents/staff/gui-001.md', 'version: "3.0"\nversion_date: 2026-04-07\nvalid_from: 2026-04-20', 'version: "3.1"\nversion_date: 2026-06-29\nvalid_from: 2026-06-30');
    edit('documents/staff/gui-001.md', 'numbers checked}\n', 'numbers checked}\n  - {date: 2026-06-29, version: "3.1", by: ROL-012, text: Lock yourself in comes first}\n');
    edit('documents/staff/gui-001.md', 'Leave, or lock yourself in;', 'Lock yourself in, or leave when that is safer;');
    const r = continuo('approve', 'GUI-001', '--as', 'ROL-010', '--as-of', '2026-06-30', '--note', 'read in full', '-C', workspace);
    check(r.status === 0, 'the new version of the guide is approved', r.out + r.err);
}
